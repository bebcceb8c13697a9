import type { Question } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import type { Slice } from '#lib/slice/slice.ts';
import type { AgreementsOf } from './agreement.ts';
import type { RuleLine } from './agreement-rules.ts';
import { readReportEvidence, type ReportEvidence } from './report.ts';
import type { MeasuredRule } from './rule.ts';

/** The files that agreements stand in, and those and the rates behind the money that their rules are held against. */
export async function readAnnexEvidence(
	question: Pick<Question<never>, 'db' | 'at'>,
	found: readonly (AgreementsOf | null)[]
): Promise<ReportEvidence> {
	const natures = found.filter((one) => one !== null);
	const terms = await Promise.all(natures.map((one) => filesOfTerms(question.db, one)));
	const parts = new Map<string, { slice: Slice; entries: number }>();
	for (const { slice, total } of natures.flatMap(termsOf)) {
		// Parts of one measure differ by heading, basis or day: their files are asked for at once.
		const whole: Slice = { ...slice, heading: null, basis: null, from: null, to: null };
		const key = JSON.stringify(whole);
		parts.set(key, { slice: whole, entries: (parts.get(key)?.entries ?? 0) + total.entries });
	}
	const money = await Promise.all(
		[null, ...parts.values()].map((part) => readReportEvidence(question, part))
	);
	const sources = [...money[0]!.sources, ...terms.flat(), ...money.flatMap((one) => one.sources)];
	const publishers = money.map((one) => one.publishers);
	return {
		sources: [...new Map(sources.map((source) => [source.sha256, source])).values()],
		publishers: publishers.some((one) => one === null)
			? null
			: [...new Set(publishers.flatMap((one) => one ?? []))].sort()
	};
}

function termsOf({ agreements }: AgreementsOf) {
	return agreements.flatMap(({ received, rules }) => [
		...(received ? [received] : []),
		...rules
			.flatMap(measuredBy)
			.flatMap(({ terms: { counted, base, before } }) => [...counted, ...base, ...before])
			.filter(({ total }) => total.entries > 0)
	]);
}

function measuredBy(line: RuleLine): MeasuredRule[] {
	if (line.state === 'money') return [line.measured];
	return line.state === 'headings' ? line.lines.map(({ measured }) => measured) : [];
}

async function filesOfTerms(
	db: Question<never>['db'],
	{ agreements, nature }: AgreementsOf
): Promise<ReportEvidence['sources']> {
	const hashes = agreements.flatMap(({ agreement }) =>
		[agreement, ...agreement.rules, ...agreement.instalments, ...agreement.budgets].map(
			({ source_sha256 }) => source_sha256
		)
	);
	const files = await Promise.all([...new Set(hashes)].map((sha256) => findSource(db, sha256)));
	return files.flatMap((file) => (file === null ? [] : [{ name: file.name, sha256: file.sha256, nature }]));
}
