import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { Directory } from '../directory.ts';

/** An activity that the file has a record of, and who reports it. */
export type StatedActivity = { reporter: string; secondary: boolean };

/** What a staged file speaks for. */
export type FileScope = {
	importId: string;
	nature: Nature;
	/** Numbers of the organisations that report in it, as far as the books know them. */
	reporterIds: string[];
	/** By the keys of the file, the keys under which the books know or will know who reports in it. */
	reporterKeys: ReadonlyMap<string, string>;
	/** Those of them that have activities of their own in it. */
	statedBy: string[];
	/** By key. The file states all that its reporter knows of each. */
	stated: ReadonlyMap<string, StatedActivity>;
	/** Activities that the books hold from another reporter: such a file is refused. */
	foreign: ReadonlySet<string>;
	/** Activities whose own percentages are others than in the books: entries that go by these are cut anew. */
	recut: ReadonlyMap<string, Recut>;
	/** Activities of another reporter that a secondary reporter repeats: their money is posted, their record is not. */
	secondHand: ReadonlySet<string>;
};

/** Which of an activity's percentages changed. */
export type Recut = { countries: boolean; sectors: boolean };

const BATCH = 5000;

/** The number of an organisation, or a name that no number is like where the books do not know it yet. */
export function organisationNumber(directory: Directory, key: string): string {
	return directory.findOrganisation(key) ?? `new ${key}`;
}

/** Reads what a staged file speaks for, and whose activities it names. */
export async function readScope(
	db: Kysely<DB>,
	directory: Directory,
	{ importId, nature }: Pick<FileScope, 'importId' | 'nature'>
): Promise<FileScope> {
	const stated = new Map<string, StatedActivity>();
	const foreign = new Set<string>();
	const secondHand = new Set<string>();
	for await (const batch of readStated(db, importId)) {
		const holders = await readHolders(
			db,
			nature,
			batch.map(({ key }) => key)
		);
		for (const { key, ...activity } of batch) {
			stated.set(key, activity);
			const holder = holders.get(key);
			if (!holder || mayWrite(directory, activity, holder)) continue;
			(activity.secondary ? secondHand : foreign).add(key);
		}
	}
	const { rows } = await sql<{ reporter: string }>`
		select distinct record->>'reporter' as reporter from staged_record
		where import_id = ${importId}::bigint and kind in ('ledger_entry', 'iati_activity')`.execute(db);
	const known = (reporters: Iterable<string>) => [
		...new Set([...reporters].flatMap((reporter) => directory.findOrganisation(reporter) ?? []))
	];
	const reporterIds = known(rows.map(({ reporter }) => reporter));
	const keys = await readOrganisationKeys(db, reporterIds);
	return {
		importId,
		nature,
		reporterIds,
		reporterKeys: new Map(
			rows.map(({ reporter }) => [reporter, keys.get(directory.findOrganisation(reporter) ?? '') ?? reporter])
		),
		statedBy: known([...stated.values()].map(({ reporter }) => reporter)),
		stated,
		foreign,
		secondHand,
		recut: new Map()
	};
}

type Holder = { reporterId: string; secondary: boolean };

/** A file never overwrites what another publisher reports, unless that one only repeated it. */
function mayWrite(directory: Directory, activity: StatedActivity, holder: Holder): boolean {
	if (holder.reporterId === organisationNumber(directory, activity.reporter)) return true;
	return holder.secondary && !activity.secondary;
}

async function* readStated(
	db: Kysely<DB>,
	importId: string
): AsyncGenerator<({ key: string } & StatedActivity)[]> {
	for (let after = 0; ;) {
		const { rows } = await sql<{ recordNo: number; key: string; reporter: string; secondary: boolean }>`
			select record_no as "recordNo", record->>'key' as key, record->>'reporter' as reporter,
				(record->>'secondaryReporter')::boolean as secondary
			from staged_record where import_id = ${importId}::bigint and kind = 'iati_activity' and record_no > ${after}::integer
			order by record_no limit ${BATCH}::integer`.execute(db);
		yield rows.map(({ key, reporter, secondary }) => ({ key, reporter, secondary }));
		if (rows.length < BATCH) return;
		after = rows.at(-1)!.recordNo;
	}
}

/** Who reports activities in the books. Withdrawn ones are anyone's again. */
async function readHolders(
	db: Kysely<DB>,
	nature: Nature,
	keys: readonly string[]
): Promise<Map<string, Holder>> {
	const { rows } = await sql<{ key: string } & Holder>`
		select activity.key, v.reporting_organisation_id as "reporterId", v.secondary_reporter as secondary
		from activity join activity_current c using (activity_id) join activity_version v using (activity_version_id)
		where activity.nature = ${nature} and activity.key = any(${keys}::text[])
			and v.reporting_organisation_id is not null and not v.withdrawn`.execute(db);
	return new Map(rows.map((row) => [row.key, row]));
}

/** Keys of organisations by their numbers. */
export async function readOrganisationKeys(
	db: Kysely<DB>,
	ids: readonly string[]
): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const { rows } = await sql<{ id: string; key: string }>`
		select organisation_id as id, key from organisation where organisation_id = any(${ids}::bigint[])`.execute(
		db
	);
	return new Map(rows.map(({ id, key }) => [id, key]));
}
