import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { OrganisationMention } from './record.ts';

/** Begins the key of an organisation that a file knows by name alone. */
const NAMED = 'name:';

/** A record names something that neither the file nor the books hold. */
export class UnknownReferenceError extends Error {
	override name = 'UnknownReferenceError';
}

/** What a posting writes with: its transaction, its number, and the file it comes from. */
export type PostingContext = {
	db: Kysely<DB>;
	nature: Nature;
	postingNo: number;
	sourceId: string;
	directory: Directory;
	/** Activities that another publisher reports itself: their records are not written. */
	secondHand?: ReadonlySet<string>;
	/** By key, the project that an activity joins instead of its own. */
	joins?: ReadonlyMap<string, string>;
	/** Told of each batch of records that is written; may stop the posting by throwing. */
	step?: (records: number) => void;
};

/** The project versions that a posting of a nature goes by: the latest of its own nature, else the latest published. */
export function projectsInForce(nature: Nature): RawBuilder<unknown> {
	return sql`(select distinct on (project_id) * from project_version where nature in (${nature}, 'published')
		order by project_id, nature = ${nature} desc, posting_no desc)`;
}

/** Numbers of things by their keys, for the length of one posting. New keys get a number when first named. */
export class Directory {
	#db: Kysely<DB>;
	#nature: Nature;
	#postingNo: number;
	#sourceId: string;
	#organisations = new Map<string, string>();
	#names = new Map<string, string>();
	#projects = new Map<string, string>();
	#programmes = new Map<string, ReadonlySet<string>>();
	#objectives = new Map<string, string>();
	#activities = new Map<string, { activityId: string; projectId: string }>();
	#agreements = new Map<string, string>();

	constructor(db: Kysely<DB>, nature: Nature, postingNo: number, sourceId: string) {
		this.#db = db;
		this.#nature = nature;
		this.#postingNo = postingNo;
		this.#sourceId = sourceId;
	}

	/** Reads what the books already hold. */
	async load(): Promise<void> {
		const organisations = await sql<{
			id: string;
			key: string;
			reference: string | null;
			name: string | null;
		}>`
			select o.organisation_id as id, o.key, v.reference, v.name from organisation o
			left join organisation_version v using (organisation_id)
			order by v.nature = ${this.#nature}, v.posting_no, o.organisation_id`.execute(this.#db);
		for (const { id, reference, name } of organisations.rows) {
			// Researched facts have keys of their own; a partner's file knows the same organisation by its reference.
			if (reference !== null) this.#organisations.set(reference, id);
			if (name !== null) this.#names.set(name, id);
		}
		for (const { id, key } of organisations.rows) this.#organisations.set(key, id);
		for (const { project_id, key } of await this.#db
			.selectFrom('project')
			.select(['project_id', 'key'])
			.execute()) {
			this.#projects.set(key, project_id);
		}
		for (const row of await this.#db.selectFrom('objective').select(['objective_id', 'key']).execute()) {
			this.#objectives.set(row.key, row.objective_id);
		}
		const activities = await this.#db
			.selectFrom('activity_current')
			.innerJoin('activity', 'activity.activity_id', 'activity_current.activity_id')
			.select(['activity.key', 'activity.activity_id', 'activity_current.project_id'])
			.where('activity.nature', '=', this.#nature)
			.execute();
		for (const row of activities) this.setActivity(row.key, row.activity_id, row.project_id);
		const agreements = await this.#db
			.selectFrom('agreement')
			.select(['agreement_id', 'key'])
			.where('nature', '=', this.#nature)
			.execute();
		for (const row of agreements) this.#agreements.set(row.key, row.agreement_id);
	}

	/** The organisation of a key or reference, or of the name in a key that begins with `name:`; made when new. */
	async organisationOfKey(key: string): Promise<string> {
		const known = this.findOrganisation(key);
		if (known) return known;
		return this.#remember(
			this.#organisations,
			key,
			await this.#number('organisation', key, sql`(key) values (${key})`)
		);
	}

	/** The organisations of many keys, those that are new made at once. */
	async organisationsOfKeys(keys: readonly string[]): Promise<Map<string, string>> {
		await this.#numberAll('organisation', this.#organisations, keys, (key) => this.findOrganisation(key));
		return new Map(keys.map((key) => [key, this.findOrganisation(key)!]));
	}

	/** An organisation that the books or this posting hold; undefined for one that is new. */
	findOrganisation(key: string): string | undefined {
		return (
			this.#organisations.get(key) ??
			(key.startsWith(NAMED) ? this.#names.get(key.slice(NAMED.length)) : undefined)
		);
	}

	knownOrganisation(key: string, place: string): string {
		const found = this.findOrganisation(key);
		return found ?? this.#known(this.#organisations, 'organisation', key, place);
	}

	/** The organisation that a record mentions: by key, by exact name, else a new one of that name. */
	async organisation(mention: OrganisationMention): Promise<string> {
		if ('key' in mention) return this.organisationOfKey(mention.key);
		const known = this.#names.get(mention.name);
		if (known) return known;
		const id = await this.organisationOfKey(NAMED + mention.name);
		await this.#db
			.insertInto('organisation_version')
			.values({
				organisation_id: id,
				nature: this.#nature,
				posting_no: this.#postingNo,
				name: mention.name,
				source_id: this.#sourceId
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		this.#names.set(mention.name, id);
		return id;
	}

	setOrganisationName(name: string, id: string): void {
		this.#names.set(name, id);
	}

	async project(key: string): Promise<string> {
		return (
			this.#projects.get(key) ??
			this.#remember(this.#projects, key, await this.#number('project', key, sql`(key) values (${key})`))
		);
	}

	/** The projects of many keys, those that are new made at once. */
	async projectsOfKeys(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
		await this.#numberAll('project', this.#projects, keys, (key) => this.#projects.get(key));
		return this.#projects;
	}

	/** The countries that a project says it works in, as this posting goes by them; none where it says nothing. */
	async programmeCountries(projectId: string): Promise<ReadonlySet<string>> {
		const known = this.#programmes.get(projectId);
		if (known) return known;
		const { rows } = await sql<{ country: string }>`
			select country from project_country join ${projectsInForce(this.#nature)} v using (project_version_id)
			where v.project_id = ${projectId}::bigint`.execute(this.#db);
		const countries = new Set(rows.map(({ country }) => country));
		this.#programmes.set(projectId, countries);
		return countries;
	}

	/** A project that the books or this posting hold; undefined for one that is new. */
	findProject(key: string): string | undefined {
		return this.#projects.get(key);
	}

	knownProject(key: string, place: string): string {
		return this.#known(this.#projects, 'project', key, place);
	}

	async objective(key: string, projectId: string): Promise<string> {
		return (
			this.#objectives.get(key) ??
			this.#remember(
				this.#objectives,
				key,
				await this.#number('objective', key, sql`(key, project_id) values (${key}, ${projectId}::bigint)`)
			)
		);
	}

	knownObjective(key: string, place: string): string {
		return this.#known(this.#objectives, 'objective', key, place);
	}

	async activity(key: string): Promise<string> {
		const known = this.#activities.get(key);
		if (known) return known.activityId;
		const row = await this.#db
			.insertInto('activity')
			.values({ key, nature: this.#nature })
			.returning('activity_id')
			.executeTakeFirstOrThrow();
		return row.activity_id;
	}

	/** An activity that the books or this posting hold; undefined for one that is new. */
	findActivity(key: string): { activityId: string; projectId: string } | undefined {
		return this.#activities.get(key);
	}

	setActivity(key: string, activityId: string, projectId: string): void {
		this.#activities.set(key, { activityId, projectId });
	}

	knownActivity(key: string, place: string): { activityId: string; projectId: string } {
		return this.#known(this.#activities, 'activity', key, place);
	}

	async agreement(key: string, projectId: string): Promise<string> {
		return (
			this.#agreements.get(key) ??
			this.#remember(
				this.#agreements,
				key,
				(
					await this.#db
						.insertInto('agreement')
						.values({ key, project_id: projectId, nature: this.#nature })
						.returning('agreement_id')
						.executeTakeFirstOrThrow()
				).agreement_id
			)
		);
	}

	knownAgreement(key: string, place: string): string {
		return this.#known(this.#agreements, 'agreement', key, place);
	}

	/** The number of a key that both natures share: a posting of the other one may be making it at this moment. */
	async #number(
		table: 'organisation' | 'project' | 'objective',
		key: string,
		row: RawBuilder<unknown>
	): Promise<string> {
		const id = sql.id(`${table}_id`);
		const made = await sql<{ id: string }>`
			insert into ${sql.table(table)} ${row} on conflict (key) do nothing returning ${id} as id`.execute(this.#db);
		if (made.rows[0]) return made.rows[0].id;
		const { rows } = await sql<{
			id: string;
		}>`select ${id} as id from ${sql.table(table)} where key = ${key}`.execute(this.#db);
		return rows[0]!.id;
	}

	/** As {@link #number}, for many keys in one statement. */
	async #numberAll(
		table: 'organisation' | 'project',
		map: Map<string, string>,
		keys: readonly string[],
		find: (key: string) => string | undefined
	): Promise<void> {
		const fresh = [...new Set(keys.filter((key) => find(key) === undefined))];
		if (fresh.length === 0) return;
		const id = sql.id(`${table}_id`);
		await sql`insert into ${sql.table(table)} (key) select unnest(${fresh}::text[]) on conflict (key) do nothing`.execute(
			this.#db
		);
		const { rows } = await sql<{ id: string; key: string }>`
			select ${id} as id, key from ${sql.table(table)} where key = any(${fresh}::text[])`.execute(this.#db);
		for (const row of rows) map.set(row.key, row.id);
	}

	#known<T>(map: Map<string, T>, what: string, key: string, place: string): T {
		const found = map.get(key);
		if (found === undefined)
			throw new UnknownReferenceError(`${place} names the ${what} ${key}, which is not known`);
		return found;
	}

	#remember(map: Map<string, string>, key: string, id: string): string {
		map.set(key, id);
		return id;
	}
}
