import type { PostingContext } from './directory.ts';
import type {
	CountryCoverageRecord,
	Evidence,
	ObjectiveRecord,
	OrganisationMention,
	OrganisationRecord,
	ProjectRecord,
	Role
} from './record.ts';

/** IATI's numbers of the four roles (code list OrganisationRole). */
export const ROLE_CODES: Record<Role, number> = { funding: 1, accountable: 2, extending: 3, implementing: 4 };

/** The columns that say where a row comes from. */
export function originOf(context: PostingContext, place: string, evidence: Evidence | null) {
	return {
		origin_url: evidence?.originUrl ?? null,
		origin_title: evidence?.originTitle ?? null,
		evidence: evidence?.evidence ?? null,
		confidence: evidence?.confidence ?? null,
		source_id: context.sourceId,
		place
	};
}

export function versionOf({ nature, postingNo }: PostingContext) {
	return { nature, posting_no: postingNo };
}

export async function postOrganisation(context: PostingContext, record: OrganisationRecord): Promise<void> {
	const id = await context.directory.organisationOfKey(record.key);
	context.directory.setOrganisationName(record.name, id);
	await context.db
		.insertInto('organisation_version')
		.values({
			organisation_id: id,
			...versionOf(context),
			reference: record.reference,
			reference_basis: record.referenceBasis,
			name: record.name,
			type_code: record.type,
			country: record.country,
			type_country_basis: record.typeCountryBasis,
			parts_in_source: record.parts,
			...originOf(context, record.place, record.evidence)
		})
		.execute();
}

export async function postProject(context: PostingContext, record: ProjectRecord): Promise<void> {
	const id = await context.directory.project(record.key);
	const { project_version_id } = await context.db
		.insertInto('project_version')
		.values({
			project_id: id,
			...versionOf(context),
			code: record.code,
			name: record.name,
			short_name: record.shortName,
			description: record.description,
			start_date: record.start,
			start_precision: record.startPrecision,
			end_date: record.end,
			end_precision: record.endPrecision,
			status: record.status,
			relation: record.relation,
			...originOf(context, record.place, record.evidence)
		})
		.returning('project_version_id')
		.executeTakeFirstOrThrow();
	for (const { organisation, role } of record.parties) {
		await context.db
			.insertInto('project_participation')
			.values({
				project_version_id,
				organisation_id: await context.directory.organisation(organisation),
				role: ROLE_CODES[role]
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
	for (const country of record.countries) {
		await context.db.insertInto('project_country').values({ project_version_id, country }).execute();
	}
}

export async function postObjective(context: PostingContext, record: ObjectiveRecord): Promise<void> {
	const projectId = context.directory.knownProject(record.project, record.place);
	const id = await context.directory.objective(record.key, projectId);
	await context.db
		.insertInto('objective_version')
		.values({
			objective_id: id,
			...versionOf(context),
			objective_no: record.number,
			name: record.name,
			lead_agency: record.lead.map(nameOf).join(', ') || null,
			description: record.description,
			valid_from: record.validFrom,
			valid_from_precision: record.validFromPrecision,
			...originOf(context, record.place, record.evidence)
		})
		.execute();
}

export async function postCountryCoverage(
	context: PostingContext,
	record: CountryCoverageRecord
): Promise<void> {
	await context.db
		.insertInto('country_coverage')
		.values({
			project_id: context.directory.knownProject(record.project, record.place),
			country: record.country,
			...versionOf(context),
			name_in_source: record.nameInSource,
			region: record.region,
			launch_date: record.launchDate,
			launch_precision: record.launchPrecision,
			assessment_from: record.assessmentFrom,
			assessment_to: record.assessmentTo,
			counterpart: record.counterpart,
			focus: record.focus,
			...originOf(context, record.place, record.evidence)
		})
		.execute();
}

function nameOf(mention: OrganisationMention): string {
	return 'key' in mention ? mention.key : mention.name;
}
