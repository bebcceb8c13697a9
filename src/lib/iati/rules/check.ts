import type { XmlElement } from '../xml.ts';
import { collectFindings } from './collect.ts';
import type { RuleContext, RuleFinding } from './finding.ts';
import { OWN_ORGANISATION_RULES, OWN_RULES } from './own-rules.ts';
import { CONTENT, ORGANISATION_CONTENT } from './standard/content.ts';
import { DATES, ORGANISATION_DATES } from './standard/dates.ts';
import { IDENTIFIERS, ORGANISATION_IDENTIFIERS } from './standard/identifiers.ts';
import { RESULTS } from './standard/results.ts';
import { SHARES } from './standard/shares.ts';
import { buildTree, walk, type RuleTree } from './tree.ts';

export type { RuleContext, RuleFinding } from './finding.ts';

const ACTIVITY = buildTree('iati-activity', [
	...IDENTIFIERS,
	...SHARES,
	...CONTENT,
	...DATES,
	...RESULTS,
	...OWN_RULES
]);

const ORGANISATION = buildTree('iati-organisation', [
	...ORGANISATION_IDENTIFIERS,
	...ORGANISATION_CONTENT,
	...ORGANISATION_DATES,
	...OWN_ORGANISATION_RULES
]);

/**
 * Checks one `iati-activity` against the ruleset of the IATI standard 2.03 and the code lists, and looks at its
 * identifiers. Never throws, changes nothing, finds nothing that stops the activity: that is for its reader to say. An id
 * is listed at most a few times, then counted. Rules on the file as a whole (1.1.2, each identifier once) are not here.
 */
export function checkActivity(element: XmlElement, context: RuleContext): RuleFinding[] {
	return check(ACTIVITY, element, context);
}

/** The same for one `iati-organisation` of an organisation file. */
export function checkOrganisation(element: XmlElement, context: RuleContext): RuleFinding[] {
	return check(ORGANISATION, element, context);
}

const NOBODY: ReadonlySet<string> = new Set();

function check(tree: RuleTree, root: XmlElement, context: RuleContext): RuleFinding[] {
	const findings = collectFindings();
	walk(root, tree, {
		root,
		today: context.today,
		version1: context.version.startsWith('1'),
		publishers: context.publishers ?? NOBODY,
		findings,
		byName: Map.groupBy(root.children, ({ name }) => name),
		levels: new Map(),
		parts: new Map()
	});
	return findings.all;
}
