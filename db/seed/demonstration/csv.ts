/** Rows under a header, comma-separated; a column that a row does not give is empty. */
export function csvOf<Column extends string>(
	columns: readonly Column[],
	rows: readonly Partial<Record<Column, string>>[]
): string {
	const lines = rows.map((row) => columns.map((column) => quote(row[column] ?? '')).join(','));
	return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function quote(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
