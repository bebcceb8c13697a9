import { m } from '#lib/paraglide/messages.js';
import { listChecks } from '#lib/server/ledger/checks/list.ts';
import { openSlice } from '#lib/server/page/money.ts';
import { listSources } from '#lib/server/page/sources.ts';
import { checkAnchor, differenceOf, relationOf, stateOf } from '#lib/slice/check.ts';
import { aboutFacts } from './facts.ts';
import { endpoint, rowsOf } from './endpoint.ts';

/* What is told of the books themselves: the files they were read from, and whether they add up. */

export const sources = endpoint({
	name: 'sources',
	summary: m.api_endpoint_sources,
	slice: ['nature'],
	view: ['after', 'demonstration'],
	fields: ['limit'],
	examples: ['', 'nature=demonstration'],
	// A file is released, or a new one received, without a posting.
	changing: true,
	async read(question, site) {
		const { db, slice, view, fields } = question;
		const isInvented = slice.nature === 'demonstration';
		const page = await listSources(db, {
			all: false,
			demonstration: isInvented,
			only: isInvented ? 'demonstration' : null,
			after: view.after,
			limit: rowsOf(fields)
		});
		return {
			...(await aboutFacts(question, site, '/sources', m.api_endpoint_sources())),
			page: '/sources',
			next: page.next,
			data: page.sources.map((source) => ({
				sha256: source.sha256,
				name: source.name,
				size: source.size,
				received_at: source.received_at.toISOString(),
				nature: source.nature as 'published' | null,
				reader: source.reader,
				state: source.state,
				posting: source.posting_no,
				undone_by: source.undone_by,
				errors: source.errors,
				warnings: source.warnings,
				page: `${site.origin}/sources/${source.sha256}`,
				original: `${site.origin}/sources/${source.sha256}/original`
			}))
		};
	}
});

export const checks = endpoint({
	name: 'checks',
	summary: m.api_endpoint_checks,
	slice: ['portfolio', 'nature', 'project', 'asof'],
	view: ['demonstration'],
	fields: [],
	examples: ['', 'nature=demonstration'],
	async read(question, site) {
		const { db, slice } = question;
		const asked = openSlice(question, { project: slice.project, nature: slice.nature });
		const found = await listChecks(db, asked);
		// The page shows both natures, and each project's checks on their own.
		const own = (project: string | null) =>
			aboutFacts(
				{ db, slice: { ...asked, project, nature: 'published' } },
				site,
				'/checks',
				m.api_endpoint_checks()
			);
		const pages = new Map<string, string>();
		for (const { project } of found) if (!pages.has(project)) pages.set(project, (await own(project)).page);
		return {
			...(await own(slice.project)),
			data: found.map((result) => ({
				check: result.code,
				project: result.project,
				subject: result.subject,
				state: stateOf(result.passed),
				relation: relationOf(result.code),
				left: result.left,
				right: result.right,
				difference: differenceOf(result.left, result.right),
				tolerance: result.tolerance,
				unit: result.unit,
				missing: result.passed === null ? result.missing : null,
				posting: result.postingNo,
				proof: `${site.origin}${pages.get(result.project)!}#${checkAnchor(result)}`
			}))
		};
	}
});
