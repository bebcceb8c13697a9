import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import type { IntakeDesk, Refusal } from '../desk.ts';
import { checkMapping, type MappingProblem } from '../spreadsheet/check-mapping.ts';
import { mappingOf, readDraft, type MappingDraft, type SameField } from '../spreadsheet/mapping-form.ts';
import type { FormProblem } from '../spreadsheet/mapping-lines.ts';
import { saveMapping } from '../spreadsheet/remembered.ts';
import { surveySource } from '../spreadsheet/survey-source.ts';
import { addressOfTaken } from './take-form.ts';

/** Where to go on; or everything that keeps the file from being read so, with the form as it was sent. */
export type Begun =
	| { address: string }
	| {
			draft: MappingDraft;
			unread: FormProblem[];
			wrong: (MappingProblem | SameField)[];
			refused: Refusal | null;
	  };

/** Reads a spreadsheet as a form says, and remembers the mapping for its reporter. */
export async function beginMapped(
	db: Kysely<DB>,
	desk: IntakeDesk,
	source: SourceFile,
	form: FormData
): Promise<Begun> {
	const draft = readDraft(form);
	const no = { draft, unread: [], wrong: [], refused: null };
	const survey = await surveySource(db, source);
	const sheet = survey.sheets.find(({ name }) => name === draft.sheet);
	if (!sheet) return { ...no, wrong: [{ code: 'no-such-sheet', given: draft.sheet }] };
	const read = mappingOf(draft, sheet);
	if (!('mapping' in read)) return { ...no, ...read };
	const wrong = checkMapping(read.mapping, survey);
	if (wrong.length > 0) return { ...no, wrong };
	await saveMapping(db, read.mapping.constants.reporter!, read.mapping);
	const taken = await desk.read(source.source_id, {
		format: 'ledger-sheet',
		options: { mapping: read.mapping }
	});
	return taken.outcome === 'refused' ? { ...no, refused: taken.refusal } : { address: addressOfTaken(taken) };
}
