import { m } from '#lib/paraglide/messages.js';
import { openGlossary } from './glossary.ts';

/** Why something was not done, in the visitor's language, by the code of the reason. */
const { label } = openGlossary({
	no_file: [m.intake_refusal_no_file],
	no_desk: [m.intake_refusal_no_desk],
	no_token: [m.intake_refusal_no_token],
	no_name: [m.intake_refusal_no_name],
	foreign: [m.intake_refusal_foreign],
	wait: [m.intake_refusal_wait],
	too_large: [m.intake_refusal_too_large],
	no_space: [m.intake_refusal_no_space],
	unknown: [m.intake_refusal_unknown],
	still_reading: [m.intake_refusal_still_reading],
	being_posted: [m.intake_refusal_being_posted],
	posted: [m.intake_refusal_posted],
	rejected: [m.intake_refusal_rejected],
	cancelled: [m.intake_refusal_cancelled],
	not_under_way: [m.intake_refusal_not_under_way],
	undecided: [m.intake_refusal_undecided],
	names_unknown: [m.intake_refusal_names_unknown],
	other_publisher: [m.intake_refusal_other_publisher],
	no_change: [m.intake_refusal_no_change],
	changed_since: [m.intake_refusal_changed_since],
	cannot_undo: [m.intake_refusal_cannot_undo],
	busy: [m.intake_refusal_busy],
	away: [m.intake_refusal_away],
	aborted: [m.intake_refusal_aborted],
	failed: [m.intake_refusal_failed]
});

/** What a file's transfer can be refused for: the upload page's script says it in these words. */
const OF_TRANSFER = [
	'no-desk',
	'no-token',
	'no-name',
	'foreign',
	'wait',
	'too-large',
	'no-space',
	'busy',
	'away',
	'aborted',
	'failed'
];

/** A refusal in words; the server's own where its code is none of those known here. */
export function refusalText({ code, message }: { code: string; message: string }): string {
	const text = label(code);
	return text === code ? message : text;
}

/** The words for refusals of a transfer by code, for a script that has no catalogue. */
export function transferRefusals(): Record<string, string> {
	return Object.fromEntries(OF_TRANSFER.map((code) => [code, label(code)]));
}
