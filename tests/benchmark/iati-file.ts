/** A made-up IATI 2.03 file, the same for the same size: three countries and three sectors to each activity. */
export type IatiFileSize = { activities: number; transactions: number };

const ACTIVITY_BYTES = 1500;
const FILL =
	'Support to the prevention and prosecution of trafficking in persons and smuggling of migrants. ';

/** The file in pieces, an activity each. 12 000 activities with 180 000 transactions are about 100 MB. */
export async function* writeIatiFile({ activities, transactions }: IatiFileSize): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	yield encoder.encode('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n');
	const each = transactions / activities;
	for (let number = 1; number <= activities; number++) {
		const count = Math.round(number * each) - Math.round((number - 1) * each);
		yield encoder.encode(activity(number, count));
	}
	yield encoder.encode('</iati-activities>\n');
}

function activity(number: number, transactions: number): string {
	const id = `XM-BENCH-1-${number}`;
	const text = FILL.repeat(Math.ceil(ACTIVITY_BYTES / FILL.length));
	const parts = [
		`<iati-activity default-currency="EUR" xml:lang="en" hierarchy="1" last-updated-datetime="2020-05-01T00:00:00Z">`,
		`<iati-identifier>${id}</iati-identifier>`,
		`<reporting-org ref="XM-BENCH-1" type="40"><narrative>Benchmark organisation</narrative></reporting-org>`,
		`<title><narrative>Activity ${number} of the benchmark</narrative></title>`,
		`<description type="1"><narrative>${text}</narrative></description>`,
		`<participating-org role="1" ref="XM-BENCH-9" type="10"><narrative>Funder</narrative></participating-org>`,
		`<participating-org role="4" ref="XM-BENCH-1" type="40"><narrative>Benchmark organisation</narrative></participating-org>`,
		`<activity-status code="2"/>`,
		`<activity-date type="2" iso-date="2015-01-${day(number)}"><narrative>start</narrative></activity-date>`,
		`<activity-date type="3" iso-date="2019-12-${day(number)}"><narrative>end</narrative></activity-date>`,
		`<recipient-country code="ML" percentage="50"/><recipient-country code="NE" percentage="30"/><recipient-country code="BR" percentage="20"/>`,
		`<sector vocabulary="1" code="15130" percentage="40"/><sector vocabulary="1" code="15160" percentage="35"/><sector vocabulary="1" code="15180" percentage="25"/>`
	];
	for (let item = 1; item <= transactions; item++) parts.push(transaction(number, item));
	return `${parts.join('\n')}\n</iati-activity>\n`;
}

function transaction(activity: number, item: number): string {
	const seed = activity * 31 + item * 7;
	const date = `${2015 + (seed % 5)}-${String(1 + (seed % 12)).padStart(2, '0')}-${day(seed)}`;
	const amount = `${100 + ((seed * 7919) % 90_000)}.${String(seed % 100).padStart(2, '0')}`;
	return [
		`<transaction ref="T-${activity}-${item}">`,
		`<transaction-type code="${item % 5 === 0 ? 2 : item % 3 === 0 ? 3 : 4}"/>`,
		`<transaction-date iso-date="${date}"/>`,
		`<value currency="${seed % 10 === 0 ? 'USD' : 'EUR'}" value-date="${date}">${amount}</value>`,
		`<description><narrative>Payment ${item} under activity ${activity}, as booked in the ledger of the organisation</narrative></description>`,
		`<provider-org ref="XM-BENCH-1" type="40"><narrative>Benchmark organisation</narrative></provider-org>`,
		`<receiver-org ref="XM-BENCH-2${seed % 10}" type="22"><narrative>Partner ${seed % 10}</narrative></receiver-org>`,
		`</transaction>`
	].join('\n');
}

function day(seed: number): string {
	return String(1 + (seed % 28)).padStart(2, '0');
}
