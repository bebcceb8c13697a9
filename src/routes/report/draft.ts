import { localized } from '#lib/layout/address.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Question } from '#lib/server/answer.ts';
import { addressOf } from '#lib/server/outlet/extract.ts';
import type { ReportSection, Term } from '#lib/server/outlet/report/report.ts';
import type { MadeReport } from '#lib/server/outlet/report/write-report.ts';
import type { ReportEvidence, ReportVersion } from '#lib/server/page/report.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { defaultSlice, writeAddress } from '#lib/slice/codec.ts';
import type { View } from '#lib/slice/view.ts';
import { formatDay } from '#lib/words/date.ts';
import { REPORT_LANGUAGES, type ReportLanguage } from '#lib/words/language.ts';
import type { ProvedBy, Stated } from './stated.ts';

/** A report before it is put on paper. */
export type Draft = {
	kind: string;
	title: string;
	/** Of the file, without ending. */
	name: string;
	/** What it was asked, in words. */
	filter: string;
	/** The page that says the same, without ending. */
	path: string;
	/** Where the PDF stands, with its ending. */
	file: string;
	sections: ReportSection[];
	evidence: ReportEvidence;
	/** The figure that its printed reference resolves to. */
	leading: ProvedBy | null;
};

type Asked = Pick<Question<never>, 'slice' | 'view' | 'runtime'>;

/** Completes a draft: what it was asked, where it can be looked up, and all that it states as its manifest. */
export function finish(
	draft: Draft,
	stated: Stated,
	{ slice, view, runtime }: Asked,
	state: ReportVersion
): MadeReport {
	const { origin, portfolio } = runtime.configuration;
	const { version, knownAt } = state;
	const at = { ...slice, version };
	const { demonstration, sort }: Pick<View, 'demonstration' | 'sort'> = view;
	const query = writeAddress(
		{ slice: at, view: { demonstration, sort } },
		defaultSlice(portfolio)
	).toString();
	const reference = draft.leading && stated.reference(draft.leading);
	const invented = draft.sections.some(({ nature }) => nature === 'demonstration');
	const page = addressOf(localized(draft.path), at, { origin, portfolio });
	const about: Term[] = [
		{ term: m.report_as_of(), text: asOfWords(slice.asof, state) },
		{ term: m.report_filter(), text: draft.filter },
		...(reference ? [{ term: m.report_reference(), text: reference, href: reference }] : []),
		{ term: m.report_page_address(), text: page, href: page }
	];
	return {
		name: draft.name,
		reference,
		report: {
			kind: draft.kind,
			title: draft.title,
			language: reportLanguage(),
			about,
			mark: invented ? { word: m.layout_demonstration_mark(), sentence: m.report_mark() } : null,
			sections: draft.sections
		},
		manifest: {
			kind: draft.kind,
			title: draft.title,
			language: reportLanguage(),
			address: `${origin}${localized(draft.file)}${query === '' ? '' : `?${query}`}`,
			filter: draft.filter,
			as_of: slice.asof,
			data_version: version,
			known_at: knownAt,
			terms: invented ? `${m.exports_terms()} ${m.exports_terms_demonstration()}` : m.exports_terms(),
			figures: stated.figures,
			sources: draft.evidence.sources,
			rate_publishers: draft.evidence.publishers
		}
	};
}

/** The language of the request, where reports are set in it. */
function reportLanguage(): ReportLanguage {
	return REPORT_LANGUAGES.find((language) => language === getLocale()) ?? 'en';
}

function asOfWords(asof: string | null, { version, knownAt }: ReportVersion): string {
	if (version === null || knownAt === null) return m.report_nothing_posted();
	const words = m.report_data_version({ version, date: formatDay(knownAt.slice(0, 10)) });
	return asof === null ? words : `${formatDay(asof)}. ${words}`;
}
