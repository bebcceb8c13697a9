import { isCode } from '../code-lists.ts';
import type { XmlElement } from '../xml.ts';

/** `generation` says how codes and texts are written: 1 directly in the element, 2 in `narrative`. */
export type ReadVersion = {
	/** A version of the list, such as `2.03`. */
	version: string;
	generation: 1 | 2;
	/** Why it is not what the file says: nothing stated, or no such version. */
	assumed: 'missing' | 'unlisted' | null;
};

const LATEST = { 1: '1.05', 2: '2.03' } as const;

/**
 * The version that holds for an activity: what it or its file states, else what its structure says. Null for a version
 * that is neither 1 nor 2.
 */
export function readVersion(stated: string | null, activity: XmlElement): ReadVersion | null {
	if (stated === null) {
		const generation = writtenAs(activity) === 1 ? 1 : 2;
		return { version: LATEST[generation], generation, assumed: 'missing' };
	}
	const generation = generationOf(stated);
	if (generation === null) return null;
	if (isCode('Version', stated)) return { version: stated, generation, assumed: null };
	return { version: LATEST[generation], generation, assumed: 'unlisted' };
}

/** 1 for `1`, `1.0` or `1.05`, 2 for `2.03` or a later one of its kind; null for anything else. */
export function generationOf(stated: string): 1 | 2 | null {
	const [, generation] = /^([12])(?:\.\d{1,2})?$/.exec(stated) ?? [];
	return generation === '1' ? 1 : generation === '2' ? 2 : null;
}

/** Which generation the texts of an activity are written in; null where they don't tell. */
export function writtenAs(activity: XmlElement): 1 | 2 | null {
	let direct = false;
	for (const child of activity.children) {
		if (child.name !== 'title' && child.name !== 'description' && child.name !== 'reporting-org') continue;
		if (child.children.some(({ name }) => name === 'narrative')) return 2;
		if (child.text !== '') direct = true;
	}
	return direct ? 1 : null;
}
