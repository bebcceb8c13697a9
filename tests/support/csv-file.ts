import Papa from 'papaparse';

/** A downloaded CSV as records by column name; the guard against formulas is taken off text as `/about` says. */
export function readCsvFile(text: string): Record<string, string>[] {
	const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
	if (errors.length > 0) throw new Error(`not a CSV file: ${errors[0]!.message} in row ${errors[0]!.row}`);
	return data.map((row) =>
		Object.fromEntries(
			Object.entries(row).map(([name, value]) => [name, value.startsWith("'") ? value.slice(1) : value])
		)
	);
}
