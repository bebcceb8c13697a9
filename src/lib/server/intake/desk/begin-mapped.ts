import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import type { IntakeDesk, Refusal } from '../desk.ts';
import { checkMapping, type MappingProblem } from '../spreadsheet/check-mapping.ts';
import { readMappingForm, type FormProblem } from '../spreadsheet/mapping-form.ts';
import { saveMapping } from '../spreadsheet/remembered.ts';
import { onlySheet, surveySource } from '../spreadsheet/survey-source.ts';
import { addressOfTaken } from './take-form.ts';

/** Where to go on, or everything that keeps the file from being read so. */
export type Begun =
	{ address: string } | { unread: FormProblem[] } | { wrong: MappingProblem[] } | { refused: Refusal };

/** Reads a spreadsheet as a form says, and remembers the mapping for its reporter. */
export async function beginMapped(
	db: Kysely<DB>,
	desk: IntakeDesk,
	source: SourceFile,
	form: FormData
): Promise<Begun> {
	const survey = await surveySource(db, source);
	const [sheet] = onlySheet(survey, String(form.get('sheet') ?? '')).sheets;
	if (!sheet) return { wrong: [{ code: 'no-such-sheet', given: String(form.get('sheet') ?? '') }] };
	const read = readMappingForm(form, sheet);
	if ('problems' in read) return { unread: read.problems };
	const wrong = checkMapping(read.mapping, survey);
	if (wrong.length > 0) return { wrong };
	await saveMapping(db, read.mapping.constants.reporter!, read.mapping);
	const taken = await desk.read(source.source_id, {
		format: 'ledger-sheet',
		options: { mapping: read.mapping }
	});
	return taken.outcome === 'refused' ? { refused: taken.refusal } : { address: addressOfTaken(taken) };
}
