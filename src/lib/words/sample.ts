import { m } from '#lib/paraglide/messages.js';
import type { Method, Plan } from '#lib/sample/plan.ts';
import { glossary } from './glossary.ts';

/** How a sample is drawn: its name, and in one sentence what it does. */
export const { label: methodLabel, definition: methodDefinition } = glossary<Method>({
	random: [m.audit_method_random, m.audit_method_random_definition],
	stratified: [m.audit_method_stratified, m.audit_method_stratified_definition],
	monetary: [m.audit_method_monetary, m.audit_method_monetary_definition]
});

/** A method step by step: enough to draw the same sample again by hand, and by what `verify.mjs` of a pack does. */
export function methodSteps(plan: Plan): string[] {
	const begin = [m.audit_step_order(), m.audit_step_key(), m.audit_step_numbers(), m.audit_step_remainders()];
	switch (plan.method) {
		case 'random':
			return [...begin, m.audit_step_random()];
		case 'stratified':
			return [...begin, m.audit_step_strata(), m.audit_step_allocation(), m.audit_step_in_strata()];
		case 'monetary':
			return [
				...begin,
				m.audit_step_apart(),
				...(plan.interval === null
					? [m.audit_step_top_by_size(), m.audit_step_units_by_size()]
					: [m.audit_step_top_by_interval(), m.audit_step_units_by_interval()]),
				m.audit_step_chosen()
			];
	}
}
