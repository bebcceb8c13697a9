import type { ImportState, Refusal, RefusalCode } from '../desk.ts';

/** Why an import in this state takes no decision any more, or not yet. */
const BY_STATE: Record<Exclude<ImportState, 'staged'>, [RefusalCode, string]> = {
	reading: ['still-reading', 'The file is still being read; wait for its preview, or cancel the reading.'],
	accepted: ['being-posted', 'It has been accepted already and is being posted.'],
	posted: ['posted', 'It has been posted already; nothing was changed.'],
	rejected: ['rejected', 'It was rejected; hand the file in again to read it anew.'],
	cancelled: ['cancelled', 'Its reading was cancelled; hand the file in again to read it anew.']
};

/** Null for an import that waits for a decision. */
export function refusalOf(state: ImportState | null): Refusal | null {
	if (state === null) return refuse('unknown', 'There is no such import.');
	if (state === 'staged') return null;
	return refuse(...BY_STATE[state]);
}

export function refuse(code: RefusalCode, message: string): Refusal {
	return { code, message };
}
