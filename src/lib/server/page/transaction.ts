import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { findEntry } from '#lib/server/ledger/entry.ts';
import { entryName, readEntryName } from '#lib/slice/entry-name.ts';
import { readHistory } from './entry-history.ts';

/** One entry, its cells, its history. Null for a number that names none, or one of a demonstration that is hidden. */
export async function readTransaction({ db, demonstration }: Question<never>, name: string) {
	const numbers = readEntryName(name);
	const found = numbers && (await findEntry(db, numbers.reporting_organisation_id, numbers.entry_id));
	if (!found || (found.entry.nature === 'demonstration' && !demonstration)) return null;
	const [countries, activities, objectives, agreements] = await Promise.all([
		labelsOf(db, 'country', [
			...found.cells.map(({ country }) => country),
			...found.history.flatMap(({ countries }) => countries.map(({ code }) => code))
		]),
		labelsOf(db, 'activity', [found.entry.activity_id]),
		labelsOf(db, 'objective', [found.entry.objective_key]),
		labelsOf(db, 'agreement', [found.entry.agreement_key])
	]);
	const current = found.history.find(({ retired_by }) => retired_by === null);
	return {
		entry: found.entry,
		cells: found.cells,
		events: readHistory(found.history),
		/** This version among the others: what ended it, and which is in force now. */
		version: found.history.find(({ entry_id }) => entry_id === found.entry.entry_id)!,
		current: current ? entryName(current) : null,
		countryNames: Object.fromEntries(countries),
		activity: activities.get(found.entry.activity_id) ?? found.entry.activity_key,
		objective:
			found.entry.objective_key && (objectives.get(found.entry.objective_key) ?? found.entry.objective_key),
		agreement:
			found.entry.agreement_key && (agreements.get(found.entry.agreement_key) ?? found.entry.agreement_key)
	};
}
