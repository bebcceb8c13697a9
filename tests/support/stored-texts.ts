/*
 * Texts that data may hold and that pages must show as they are: markup and script, text from right to left, marks that turn the
 * direction of what follows, emoji, and names of 300 characters with and without a blank to break at.
 */

/** Stands in every one of them, so that a page that shows any can be told. */
export const MARK = 'zqstored';

export const STORED_TEXTS = {
	script: `${MARK} <script>window.ran=1</script><img src=x onerror="window.ran=1"><svg onload="window.ran=1"></svg>`,
	attribute: `${MARK} " onfocus="window.ran=1" autofocus x='javascript:window.ran=1' {{7*7}} \${7*7} <!-- --> ]]&gt;`,
	rightToLeft: `مشروع مكافحة الاتجار بالأشخاص ${MARK} وتهريب المهاجرين (المرحلة 2) פרויקט`,
	turned: `${MARK} invoice \u202Efdp.exe\u202C and \u2067unclosed isolate`,
	emoji: `${MARK} 👩🏽‍⚖️🇲🇱🏳️‍🌈 Z̸̢̛͖a̴͙͝l̶̰͠g̷̙͝o ${'👨‍👩‍👧‍👦'.repeat(20)}`,
	long: `${MARK}${'Verwaltungsvereinbarungsänderungsprotokoll'.repeat(8)}`.slice(0, 300),
	wide: `${MARK} ${'strengthening the capacity of prosecutors and judges '.repeat(8)}`.slice(0, 300)
} as const;

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const narrative = (text: string, language = 'en') =>
	`<narrative xml:lang="${language}">${escaped(text)}</narrative>`;

/** One activity for each text, which has it in every place that a text can stand in. Amounts in euro, dollars and a currency without rate. */
export function storedTextsFile(): Buffer {
	const activities = Object.entries(STORED_TEXTS).map(([name, text], index) =>
		activityOf(name, text, ['EUR', 'USD', 'XOF'][index % 3]!)
	);
	return Buffer.from(
		`<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n${activities.join('\n')}\n</iati-activities>`
	);
}

function activityOf(name: string, text: string, currency: string): string {
	const value = `<value currency="${currency}" value-date="2017-03-31">1234.56</value>`;
	const party = (element: string, reference: string) =>
		`<${element} ref="${reference}" type="80">${narrative(text)}</${element}>`;
	const transaction = (type: string) => `
		<transaction ref="${escaped(text).slice(0, 100)}">
			<transaction-type code="${type}"/><transaction-date iso-date="2017-03-31"/>${value}
			<description>${narrative(text)}</description>
			${party('provider-org', `XM-STORED-${name}-1`)}${party('receiver-org', `XM-STORED-${name}-2`)}
		</transaction>`;
	return `<iati-activity xml:lang="en" default-currency="${currency}" hierarchy="1">
		<iati-identifier>XM-STORED-${name}</iati-identifier>
		${party('reporting-org', 'XM-STORED')}
		<title>${narrative(text)}${narrative(text, 'fr')}${narrative(text, 'ar')}</title>
		<description type="1">${narrative(text)}</description>
		<participating-org role="1" ref="XM-STORED-${name}-1" type="40">${narrative(text)}</participating-org>
		<participating-org role="4" ref="XM-STORED-${name}-2" type="80">${narrative(text)}</participating-org>
		<other-identifier ref="XM-EARLIER-${name}" type="A3"/>
		<activity-status code="2"/>
		<activity-date iso-date="2017-01-01" type="1"/><activity-date iso-date="2018-12-31" type="3"/>
		<recipient-country code="ML" percentage="60">${narrative(text)}</recipient-country>
		<recipient-country code="NE" percentage="40"/>
		<location><name>${narrative(text)}</name><description>${narrative(text)}</description><point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>12.64 -8.0</pos></point></location>
		<sector vocabulary="1" code="15130" percentage="100">${narrative(text)}</sector>
		<budget type="1" status="1"><period-start iso-date="2017-01-01"/><period-end iso-date="2017-12-31"/>${value}</budget>
		${transaction('1')}${transaction('4')}
		<document-link format="text/html" url="https://example.org/${encodeURIComponent(text)}"><title>${narrative(text)}</title><category code="A01"/></document-link>
		<result type="1"><title>${narrative(text)}</title><description>${narrative(text)}</description>
			<indicator measure="1"><title>${narrative(text)}</title>
				<period><period-start iso-date="2017-01-01"/><period-end iso-date="2017-12-31"/><target value="10"><comment>${narrative(text)}</comment></target><actual value="7"><comment>${narrative(text)}</comment></actual></period>
			</indicator></result>
	</iati-activity>`;
}
