import { sql } from 'kysely';
import type { PostingContext } from '../directory.ts';

/** An activity by its key, and the activities that it calls its parent (1) or child (2). */
type Related = { key: string; related: { type: string; key: string }[] };

const PARENT = '1';
const CHILD = '2';
const BATCH = 5000;

/**
 * Which project each new activity of an import belongs to: that of its topmost parent, which is a project of its own
 * unless the books have it in one already. A parent may say so itself or be named by its child; a circle of parents ends
 * at the first one met again. Answers the key of the topmost activity of each.
 */
export class DefaultProjects {
	#parents: ReadonlyMap<string, string>;
	#named: ReadonlySet<string>;
	#context: PostingContext;

	private constructor(context: PostingContext, parents: Map<string, string>, named: Set<string>) {
		this.#context = context;
		this.#parents = parents;
		this.#named = named;
	}

	/** Reads who is whose parent, from the file and where the file is silent from the books. */
	static async load(context: PostingContext, importId: string): Promise<DefaultProjects> {
		const parents = new Map<string, string>();
		const named = new Set<string>();
		for await (const { key, related } of readRelated(context, importId)) {
			named.add(key);
			for (const relation of related) {
				if (relation.key === key) continue;
				if (relation.type === PARENT) parents.set(key, relation.key);
				else if (relation.type === CHILD && !parents.has(relation.key)) parents.set(relation.key, key);
			}
		}
		return new DefaultProjects(context, parents, named);
	}

	/** The topmost activity of the file or the books above (or equal to) an activity, and its project if the books have it. */
	topmost(key: string): { key: string; projectId: string | null } {
		const seen = new Set([key]);
		let top = key;
		for (let parent = this.#parents.get(top); parent !== undefined; parent = this.#parents.get(top)) {
			const known = this.#context.directory.findActivity(parent);
			// A parent that neither the file nor the books hold is no one's project.
			if (!known && !this.#named.has(parent)) break;
			if (seen.has(parent)) return { key: this.#firstOfCircle(parent), projectId: null };
			if (known) return { key: parent, projectId: known.projectId };
			seen.add(parent);
			top = parent;
		}
		return { key: top, projectId: null };
	}

	/** All of a circle and all below it end at the same one of its members. */
	#firstOfCircle(start: string): string {
		const members = [start];
		for (let next = this.#parents.get(start)!; next !== start; next = this.#parents.get(next)!)
			members.push(next);
		return members.sort()[0]!;
	}
}

async function* readRelated({ db }: PostingContext, importId: string): AsyncGenerator<Related> {
	for (let after = 0; ;) {
		const { rows } = await sql<Related & { record_no: number }>`
			select record_no, record->>'key' as key, record->'related' as related from staged_record
			where import_id = ${importId}::bigint and kind = 'iati_activity' and record_no > ${after}::integer
			order by record_no limit ${BATCH}::integer`.execute(db);
		yield* rows;
		if (rows.length < BATCH) return;
		after = rows.at(-1)!.record_no;
	}
}
