import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../../directory.ts';
import { organisationNumber, readOrganisationKeys, type FileScope } from '../scope.ts';

/** An activity that names others as its parts, or is named as parent by them, all of one reporter. */
export type Family = { reporter: string; parent: string; children: ReadonlySet<string> };

const PARENT = '1';
const BATCH = 5000;

type Relation = { key: string; reporterId: string; type: string; other: string };

/**
 * The parents and their children of which the file holds any, by what the file says of its activities and the books say of
 * all others. Only activities of one reporter are one family: between reporters money moves.
 */
export async function readFamilies(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	inFile: ReadonlySet<string>
): Promise<Family[]> {
	const reporters = new Map<string, string>();
	for (const [key, { reporter }] of scope.stated) reporters.set(key, organisationNumber(directory, reporter));
	const children = new Map<string, Set<string>>();
	for await (const relations of readRelations(db, directory, scope)) {
		for (const { key, reporterId, type, other } of relations) {
			if (key === other) continue;
			reporters.set(key, reporterId);
			const [parent, child] = type === PARENT ? [other, key] : [key, other];
			const own = children.get(parent);
			if (own) own.add(child);
			else children.set(parent, new Set([child]));
		}
	}
	await addReporters(db, scope, children, reporters);
	const keys = await readOrganisationKeys(db, scope.reporterIds);
	const families: Family[] = [];
	for (const [parent, all] of children) {
		const reporterId = reporters.get(parent);
		if (reporterId === undefined) continue;
		const own = new Set([...all].filter((child) => reporters.get(child) === reporterId));
		if (own.size === 0 || !(inFile.has(parent) || [...own].some((child) => inFile.has(child)))) continue;
		families.push({
			reporter: keys.get(reporterId) ?? scope.stated.get(parent)!.reporter,
			parent,
			children: own
		});
	}
	return families;
}

/** Of the file's own activities, then of all others that its reporters have in the books. */
async function* readRelations(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope
): AsyncGenerator<Relation[]> {
	for (let after = 0; ;) {
		const { rows } = await sql<{ recordNo: number; key: string; related: { type: string; key: string }[] }>`
			select record_no as "recordNo", record->>'key' as key, record->'related' as related from staged_record
			where import_id = ${scope.importId}::bigint and kind = 'iati_activity' and record_no > ${after}::integer
			order by record_no limit ${BATCH}::integer`.execute(db);
		yield rows.flatMap(({ key, related }) => {
			const reporterId = organisationNumber(directory, scope.stated.get(key)!.reporter);
			return related
				.filter(({ type }) => type === PARENT || type === '2')
				.map(({ type, key: other }) => ({ key, reporterId, type, other }));
		});
		if (rows.length < BATCH) break;
		after = rows.at(-1)!.recordNo;
	}
	if (scope.reporterIds.length === 0) return;
	const { rows } = await sql<Relation>`
		select activity.key, v.reporting_organisation_id as "reporterId", r.type, r.key as other
		from activity_current c join activity using (activity_id)
		join activity_version v on v.activity_version_id = c.activity_version_id
		join related_activity r on r.activity_version_id = v.activity_version_id
		where c.nature = ${scope.nature} and not c.withdrawn and r.type in ('1', '2')
			and v.reporting_organisation_id = any(${scope.reporterIds}::bigint[])`.execute(db);
	yield rows.filter(({ key }) => !scope.stated.has(key));
}

/** Who reports those that only others name. */
async function addReporters(
	db: Kysely<DB>,
	{ nature }: FileScope,
	children: ReadonlyMap<string, ReadonlySet<string>>,
	reporters: Map<string, string>
): Promise<void> {
	const unknown = new Set<string>();
	for (const [parent, own] of children)
		for (const key of [parent, ...own]) if (!reporters.has(key)) unknown.add(key);
	if (unknown.size === 0) return;
	const { rows } = await sql<{ key: string; reporterId: string }>`
		select activity.key, v.reporting_organisation_id as "reporterId"
		from activity join activity_current c using (activity_id) join activity_version v using (activity_version_id)
		where activity.nature = ${nature} and activity.key = any(${[...unknown]}::text[]) and not c.withdrawn
			and v.reporting_organisation_id is not null`.execute(db);
	for (const { key, reporterId } of rows) reporters.set(key, reporterId);
}
