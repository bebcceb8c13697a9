/** The two numbers that an entry goes by: whose report it is in, and its own. */
export type EntryNumbers = { reporting_organisation_id: string; entry_id: string };

/** What an entry is called in addresses, answers and exports. */
export const entryName = ({ reporting_organisation_id, entry_id }: EntryNumbers): string =>
	`${reporting_organisation_id}-${entry_id}`;

const NAME = /^(\d{1,18})-(\d{1,18})$/;

/** The numbers behind an entry's name; null for a text that is none. */
export function readEntryName(name: string): EntryNumbers | null {
	const match = NAME.exec(name);
	return match && { reporting_organisation_id: match[1]!, entry_id: match[2]! };
}
