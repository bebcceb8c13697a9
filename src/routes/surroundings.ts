import type { LayoutData } from '#lib/layout/layout-data.ts';
import { delocalized } from '#lib/layout/address.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { defaultSlice, readAddress } from '#lib/slice/codec.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { PAGE_FIELDS } from '#lib/slice/view.ts';
import { readLatestMovement, readPostings } from '#lib/server/facts/posting.ts';
import { listFailedChecks } from '#lib/server/ledger/checks/list.ts';
import { citedParameters } from '#lib/server/page/cited.ts';
import { getRuntime } from '#lib/server/runtime.ts';

/**
 * What surrounds every page: its language, switches and data version. Never fails, since error pages stand in it too:
 * a malformed address gives the defaults, and without a database the postings are unknown.
 */
export async function readSurroundings(url: URL): Promise<LayoutData> {
	const { configuration, database, dataVersion } = getRuntime();
	const home = configuration.portfolio;
	const path = delocalized(url.pathname);
	const read = readAddress(parametersOf(url, path), defaultSlice(home), PAGE_FIELDS);
	const { asof, version } = 'error' in read ? { asof: null, version: null } : read.slice;
	const slice = {
		...defaultSlice(home),
		...('error' in read ? {} : { portfolio: read.slice.portfolio, asof, version })
	};
	const shown: Nature[] = configuration.demonstration ? ['published', 'demonstration'] : ['published'];
	const [postings, latestMovement, portfolio, ...failed] = await Promise.all([
		readPostings(database.db, asof, version).catch(() => ({ published: null, demonstration: null })),
		readLatestMovement(database.db).catch(() => null),
		readPortfolio('error' in read ? home : read.slice.portfolio, home).catch(() => null),
		...shown.map((nature) => listFailedChecks(database.db, { ...slice, nature }).catch(() => []))
	]);
	const held =
		configuration.demonstration && (postings.demonstration !== null || asof !== null || version !== null);
	const hidden = !('error' in read) && read.view.demonstration === 'off';
	return {
		locale: getLocale(),
		demonstration: !held ? 'unavailable' : hidden ? 'off' : 'on',
		asof,
		version,
		portfolio: { key: home, name: home, project: null, ...portfolio, home },
		postings: configuration.demonstration ? postings : { ...postings, demonstration: null },
		latestMovement,
		failedChecks: failed.flat(),
		dataVersion: dataVersion(),
		origin: url.origin,
		address: path + url.search,
		reportTo: configuration.reportTo,
		iati: configuration.reportingOrg !== null,
		mostRows: configuration.exportMaxRows
	};
}

/** A cited figure stands at an address that holds its question, day and data version in a reference. */
function parametersOf(url: URL, path: string): URLSearchParams {
	if (!path.startsWith('/c/')) return url.searchParams;
	const parameters = citedParameters(path.slice('/c/'.length))?.parameters ?? new URLSearchParams();
	const shown = url.searchParams.get('demonstration');
	if (shown !== null) parameters.set('demonstration', shown);
	return parameters;
}

/** Name of a portfolio, and its project when it has only one. All projects together go by the name of the home portfolio. */
async function readPortfolio(key: string, home: string) {
	const { db } = getRuntime().database;
	const rows = await db
		.selectFrom('portfolio')
		.leftJoin('portfolio_project', 'portfolio_project.portfolio_id', 'portfolio.portfolio_id')
		.leftJoin('project', 'project.project_id', 'portfolio_project.project_id')
		.select(['portfolio.name', 'project.project_id', 'project.key'])
		.where('portfolio.key', '=', key === 'all' ? home : key)
		.execute();
	const [first] = rows;
	if (!first) return { key };
	const project =
		key !== 'all' && rows.length === 1 && first.key !== null ? { id: first.key, name: first.name } : null;
	return { key, name: first.name, project };
}
