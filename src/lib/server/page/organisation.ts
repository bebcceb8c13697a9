import type { Question } from '#lib/server/answer.ts';
import { countActivities, listActivities } from '#lib/server/facts/activities.ts';
import { listClaimsOf } from '#lib/server/facts/claims.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { findOrganisation, listProjectsOf } from '#lib/server/facts/organisations.ts';
import { listPartsOf } from '#lib/server/facts/parties.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Measure, Nature, Part, Slice, Sum } from '#lib/slice/slice.ts';
import { readChain } from './flow.ts';
import { natureOfMoney, openSlice, readPublishedAmounts } from './money.ts';
import { allActivities } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';
import { readTransfers } from './transfers.ts';

/** Activities named on the page; all others are one link away. */
const MOST_ACTIVITIES = 30;

/** Measures that between them hold every kind of movement once. */
const MOVEMENTS = [
	'contribution_pledged',
	'contribution_committed',
	'received',
	'returned',
	'pledged',
	'committed',
	'disbursement',
	'expenditure',
	'reimbursement'
] as const satisfies readonly Measure[];

/** One organisation: its projects, its part in activities, its money. Null for a number that names none, or one that is hidden. */
export async function readOrganisation(question: Question<never>, id: string) {
	refuseRestrictions(question);
	const { db, at, slice, demonstration } = question;
	const organisation = /^[1-9]\d{0,17}$/.test(id) ? await findOrganisation(db, at, id) : null;
	if (organisation === null || (organisation.nature === 'demonstration' && !demonstration)) return null;
	const filter = { ...allActivities(slice.portfolio), organisation: id };
	const nature = await natureOfMoney(question);
	const [projects, parts, countries, listed, contributions, money, published, postings] = await Promise.all([
		listProjectsOf(db, at, id),
		listPartsOf(db, at, filter),
		countActivities(db, at, filter, 'country'),
		listActivities(db, at, filter, { order: 'date', after: null, limit: MOST_ACTIVITIES }),
		listContributions(question, id),
		nature && readMoney(question, id, nature),
		readPublished(question, id),
		readPostings(db, slice.asof, slice.version)
	]);
	const objectives = await labelsOf(
		db,
		'objective',
		listed.activities.map(({ objective_key }) => objective_key)
	);
	const names = await labelsOf(db, 'country', [...countries.map(({ key }) => key), organisation.country]);
	return {
		organisation,
		projects,
		parts,
		published,
		contributions,
		money,
		nature,
		objectives: Object.fromEntries(objectives),
		countries: countries
			.map(({ key, activities }) => ({
				code: key,
				name: key === null ? null : (names.get(key) ?? key),
				activities
			}))
			.sort((a, b) => Number(a.code === null) - Number(b.code === null) || b.activities - a.activities),
		country: organisation.country && (names.get(organisation.country) ?? organisation.country),
		activities: listed.activities,
		total: new Set(parts.map(({ activity_id }) => activity_id)).size,
		posting: nature && postings[nature],
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** What a source states that the organisation gave or was to give; null where it gives no amount. */
export type StatedContribution = {
	claim: string;
	to: 'project' | 'activity';
	/** Address of what it was for: key of the project, number of the activity. */
	subject: string;
	name: string;
	stated_as: string | null;
	amount: Decimal | null;
	currency: string;
	qualifier: string | null;
};

async function listContributions({ db, at }: Question<never>, id: string): Promise<StatedContribution[]> {
	const [ofProjects, ofActivities] = await Promise.all(
		(['project', 'activity'] as const).map((kind) => listClaimsOf(db, at, kind, ['contribution']))
	);
	const own = [...ofProjects!, ...ofActivities!].filter(({ party_id, chosen }) => party_id === id && chosen);
	const [projects, activities] = await Promise.all([
		labelsOf(
			db,
			'project',
			own.map(({ subject_kind, subject_key }) => (subject_kind === 'project' ? subject_key : null))
		),
		listActivities(
			db,
			at,
			{ ...allActivities('all'), organisation: id },
			{ order: 'date', after: null, limit: 1000 }
		)
	]);
	const known = at.loadedOn === null;
	return own.flatMap(
		({ claim_id, subject_kind, subject_key, stated_as, value, unit, qualifier }): StatedContribution[] => {
			const stated = {
				claim: claim_id,
				stated_as,
				amount: known ? value : null,
				currency: unit ?? '',
				qualifier
			};
			if (subject_kind === 'project') {
				return [
					{
						...stated,
						to: 'project' as const,
						subject: subject_key,
						name: projects.get(subject_key) ?? subject_key
					}
				];
			}
			const activity = activities.activities.find(({ key }) => key === subject_key);
			return activity
				? [
						{
							...stated,
							to: 'activity' as const,
							subject: activity.activity_id,
							name: activity.title['en'] ?? subject_key
						}
					]
				: [];
		}
	);
}

/** What was published of its money: as a rule nothing. */
async function readPublished(question: Question<never>, id: string) {
	const slices = [
		openSlice(question, { organisation: id, part: 'receiver', measure: 'received' }),
		openSlice(question, { organisation: id, part: 'provider', measure: 'spent' })
	];
	return Promise.all(
		slices.map(async (slice) => ({
			slice,
			amount: (await readPublishedAmounts(question, slice, [slice.measure]))[0]!.amount
		}))
	);
}

/** All its money of one nature: by kind, from whom and to where, and each transfer as both sides report it. */
async function readMoney(question: Question<never>, id: string, nature: Nature) {
	const slice = openSlice(question, { nature });
	const [movements, chain, transfers] = await Promise.all([
		readMovements(question, id, nature),
		readChain(question.db, slice, id),
		readTransfers(question.db, slice, id)
	]);
	return { ...movements, chain, transfers };
}

/** One kind of movement to or from the organisation; one that is not counted stands on a line of its own. */
export type Movement = { slice: Slice; sum: Sum };

async function readMovements(
	question: Question<never>,
	id: string,
	nature: Nature
): Promise<Record<'provider' | 'receiver', Movement[]>> {
	const of = async (part: Part): Promise<Movement[]> => {
		const whole = openSlice(question, { nature, organisation: id, part });
		const sums = await totals(question.db, whole, MOVEMENTS);
		return MOVEMENTS.flatMap((measure) => {
			const [slice, sum] = [{ ...whole, measure }, sums[measure]];
			return [
				...(sum.entries > 0 ? [{ slice, sum }] : []),
				...sum.notCounted.map((left) => ({ slice: { ...slice, counting: left.reason }, sum: left }))
			];
		});
	};
	const [provider, receiver] = await Promise.all([of('provider'), of('receiver')]);
	return { provider, receiver };
}
