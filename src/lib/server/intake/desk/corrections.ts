import type { Runtime } from '#lib/server/runtime.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { Refusal } from '../desk.ts';
import { isRefusal, type DecisionPosted } from '../in-posting.ts';
import { joinProject, leaveProject } from '../join.ts';
import { undo } from '../undo.ts';
import { patiently } from './patience.ts';

/*
 * What a person decides about books that are there already: each is a posting of its own, or a reason why not. Whoever asks
 * has been found to have the right to write.
 */

/** Undoes a posting by a later one. */
export function undoPosting(
	runtime: Runtime,
	{ nature, postingNo, explanation }: { nature: Nature; postingNo: number; explanation: string }
): Promise<Refusal | null> {
	const why = explanation || `posting ${postingNo} undone`;
	return decide(runtime, () => undo(runtime.database.intake, nature, postingNo, why));
}

/** Puts a published activity into another project, both by their keys. */
export function joinActivity(
	runtime: Runtime,
	{ activity, project, reason }: { activity: string; project: string; reason: string }
): Promise<Refusal | null> {
	const why = reason || `${activity} joined to ${project}`;
	return decide(runtime, () => joinProject(runtime.database.intake, activity, project, why));
}

/** Takes a published activity back out of the project that it joined. */
export function leaveActivity(
	runtime: Runtime,
	{ activity, reason }: { activity: string; reason: string }
): Promise<Refusal | null> {
	const why = reason || `joining of ${activity} undone`;
	return decide(runtime, () => leaveProject(runtime.database.intake, activity, why));
}

async function decide(
	{ refresh }: Runtime,
	work: () => Promise<DecisionPosted | Refusal>
): Promise<Refusal | null> {
	const outcome = await patiently(work);
	if (isRefusal(outcome)) return outcome;
	// The next page that this person sees is one of the new books.
	await refresh();
	return null;
}
