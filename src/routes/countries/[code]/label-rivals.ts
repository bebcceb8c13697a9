import type { readCountry } from '#lib/server/page/country.ts';
import { propertyLabel } from '#lib/words/fact.ts';
import { labelStatements, type Statement } from '../../facts/label-statements.ts';

/** What sources state differently of one thing. */
export type Rival = {
	key: string;
	/** What is stated, and what of; the subject is the country's own where there is no page of it but this. */
	property: string;
	subject: { name: string; path: string } | null;
	statements: Statement[];
};

/** Statements that differ, in the visitor's language. */
export function labelRivals(rivals: Awaited<ReturnType<typeof readCountry>>['rivals']): Rival[] {
	return rivals.map(({ property, subject, subjectKind, claims }, index) => ({
		key: `rival-${index + 1}`,
		property: propertyLabel(property),
		subject:
			subjectKind === 'country_coverage' ? null : { name: subject.name, path: subject.path ?? '#results' },
		statements: labelStatements(claims)
	}));
}
