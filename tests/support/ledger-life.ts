import fc from 'fast-check';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { accept } from './comparing.ts';
import { recordsOf, steps } from './ledger-generator.ts';
import type { World } from './ledger-world.ts';

/** Lets a world's books live in both natures, file by file as they are taken in; the same seed gives the same life. */
export async function liveLedger(db: Kysely<DB>, world: World, seed: number): Promise<void> {
	const [published, demonstration] = fc.sample(fc.tuple(steps, steps), { numRuns: 1, seed })[0]!;
	for (const [nature, lived] of [
		['published', published],
		['demonstration', demonstration]
	] as const) {
		for (const step of lived) {
			await accept(db, nature, recordsOf(world, step), (_, changes) => ({
				// What is unclear is taken as new.
				pairs: Object.fromEntries(
					changes.filter(({ change }) => change === 'unclear').map(({ changeNo }) => [changeNo, null])
				)
			}));
		}
	}
}
