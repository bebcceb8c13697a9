/** A small activity of version 2.03 that nothing is wrong with, for a test to change one thing in. */
export function activityXml({
	id = 'XM-DAC-41128-1',
	attributes = 'default-currency="EUR" xml:lang="en"',
	inside = '',
	transactions = transactionXml()
} = {}): string {
	return `<iati-activity ${attributes}>
<iati-identifier>${id}</iati-identifier>
<reporting-org ref="XM-DAC-41128" type="40"><narrative>Reporter</narrative></reporting-org>
<title><narrative>Title</narrative></title>
<description><narrative>Description</narrative></description>
<participating-org ref="XM-DAC-41128" role="4" type="40"><narrative>Reporter</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="2" iso-date="2020-01-01"/>
<recipient-country code="ML" percentage="100"/><sector vocabulary="1" code="15130" percentage="100"/>
${inside}
${transactions}
</iati-activity>`;
}

export function transactionXml({
	type = '<transaction-type code="3"/>',
	date = '<transaction-date iso-date="2021-06-30"/>',
	value = '<value currency="USD" value-date="2021-07-01">1000</value>',
	more = '',
	attributes = ''
} = {}): string {
	return `<transaction ${attributes}>${type}${date}${value}${more}</transaction>`;
}

export function fileXml(...activities: string[]): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n${activities.join('\n')}\n</iati-activities>`;
}
