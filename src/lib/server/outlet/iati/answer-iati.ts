import { error } from '@sveltejs/kit';
import { answer, type Question } from '#lib/server/answer.ts';
import {
	listNumbers,
	listProjectKeys,
	matchingActivities,
	type ActivityFilter
} from '#lib/server/facts/activities.ts';
import { findPublisher, readFullProjects } from '#lib/server/facts/full-projects.ts';
import { findProject } from '#lib/server/facts/projects.ts';
import { activitiesOfSlice, countActivityEntries } from '#lib/server/ledger/activity-entries.ts';
import { allActivities } from '#lib/server/page/reach.ts';
import { ACTIVITY_FIELDS, filterOf, type ActivitiesQuestion } from '#lib/server/page/activities.ts';
import { refuseRestrictions } from '#lib/server/page/restrictions.ts';
import type { PageField } from '#lib/slice/view.ts';
import { headersOf, headOf, openExtract, type Extract } from '../extract.ts';
import { withinLimit, type AskedBy } from '../row-limit.ts';
import { streamPieces } from '../stream.ts';
import { writeActivityFile, type ActivityFile } from './activities-xml.ts';

const TYPE = 'application/xml; charset=utf-8';

type Asked = Parameters<typeof answer>[0] & AskedBy;
/** What is particular to a file. */
type Contents = Pick<ActivityFile, 'projects' | 'activities'> & {
	whole: boolean;
	name: string;
	/** How many rows of the ledger it holds. */
	rows: () => number | Promise<number>;
};

/** The rows of a slice as IATI: the activities that they are of, with these rows for their money. */
export function answerTransactionsXml(event: Asked): Promise<Response> {
	return answerIati(event, [], ({ slice }, { db, pinned }) => ({
		name: `transactions-${slice.measure}.xml`,
		whole: false,
		rows: () => pinned.total.entries,
		projects: () => Promise.resolve([]),
		activities: (after, limit) => activitiesOfSlice(db, pinned, after, limit)
	}));
}

/** The activities of the list as IATI, with all their money. */
export function answerActivitiesXml(event: Asked): Promise<Response> {
	return answerIati(event, ACTIVITY_FIELDS, (question, file) => {
		refuseRestrictions(question, ['project', 'country', 'objective', 'organisation', 'from', 'to']);
		return matching(file, filterOf(question as ActivitiesQuestion), 'activities.xml');
	});
}

/** A project as IATI: its activities with all their money, and where it is none itself an activity for it. */
export function answerProjectXml(event: Asked, key: string): Promise<Response> {
	return answerIati(event, [], async (question, file) => {
		refuseRestrictions(question);
		const project = await findProject(question.db, file.at, key);
		if (project === null) error(404, { message: 'no such project' });
		const name = `${project.key.replace(/[^\w.-]+/g, '_')}.xml`;
		return matching(file, { ...allActivities('all'), project: project.key }, name);
	});
}

type Place = Pick<ActivityFile, 'db' | 'at'> & Pick<Extract, 'pinned'>;

async function matching({ db, at, pinned }: Place, filter: ActivityFilter, name: string): Promise<Contents> {
	const activities = await matchingActivities(db, at, filter);
	return {
		name,
		whole: true,
		rows: () => countActivityEntries(db, pinned, activities),
		projects: async () => readFullProjects(db, at, await listProjectKeys(db, activities)),
		activities: (after, limit) => listNumbers(db, activities, { after, limit })
	};
}

/** Refused without somebody to publish in whose name, and for invented data, which never leaves as IATI. */
function answerIati<F extends PageField>(
	event: Asked,
	fields: readonly F[],
	contentsOf: (question: Question<F>, place: Place) => Contents | Promise<Contents>
): Promise<Response> {
	return answer(event, fields, async (question) => {
		const { runtime, slice, at: shown } = question;
		const { origin, portfolio, reportingOrg } = runtime.configuration;
		if (slice.nature === 'demonstration') {
			error(403, { message: 'invented amounts never leave as IATI', code: 'no_invented_iati' });
		}
		if (reportingOrg === null) {
			error(409, {
				message: 'REPORTING_ORG is not set: nobody publishes the IATI files of this installation',
				code: 'no_publisher'
			});
		}
		const db = runtime.database.exports;
		const extract = await openExtract(db, slice, { origin, portfolio });
		const { pinned } = extract;
		const at = { ...shown, posting: pinned.version.published ?? shown.posting, latest: false };
		const { whole, name, rows, ...contents } = await contentsOf(question, { db, at, pinned });
		const publisher = await findPublisher(db, at, reportingOrg);
		const file = {
			db,
			at,
			publisher,
			entries: { pinned, whole },
			about: aboutOf(extract, whole, event),
			...contents
		};
		const headers = headersFor(extract, whole, name);
		// Counting all the money of many activities takes its time: not where there is no limit.
		const leaving = runtime.configuration.exportMaxRows === 0 ? 0 : await rows();
		return withinLimit(
			event,
			runtime,
			leaving,
			() => new Response(streamPieces(writeActivityFile(file)), { headers })
		);
	});
}

/** Counts and sums of a slice say nothing of a file that holds all the money of its activities. */
function headersFor(extract: Extract, whole: boolean, name: string): Record<string, string> {
	const headers = headersOf(extract, { name, type: TYPE });
	if (!whole) return headers;
	const left = ['x-row-count', 'x-control-total', 'x-unconverted', 'x-slice'];
	return Object.fromEntries(Object.entries(headers).filter(([header]) => !left.includes(header)));
}

function aboutOf(extract: Extract, whole: boolean, { url }: Asked): string {
	const { title, as_of, data_version, generated_at, terms, row_count, control_total } = headOf(extract);
	const { published, demonstration } = data_version;
	return [
		...(whole ? [] : [title]),
		whole ? new URL(url.pathname + url.search, extract.address).href : extract.address,
		`as of ${as_of ?? 'the data version'}; data version ${published ?? 0}.${demonstration ?? 0}; known since ${generated_at}`,
		...(whole
			? []
			: [`${row_count} rows; control total ${control_total.currency} ${control_total.amount ?? 'none'}`]),
		terms
	].join('\n');
}
