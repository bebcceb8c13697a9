import type { Rule } from '../rule.ts';

/** Baselines, targets and actual values: rules 8.8 to 8.11. */
export const RESULTS: readonly Rule[] = [
	...values('8.8', 'result/indicator/baseline', '../@measure', 'baseline'),
	...values('8.9', 'result/indicator/period/target', '../../@measure', 'target'),
	...values('8.10', 'result/indicator/period/actual', '../../@measure', 'actual value'),
	{
		id: '8.11.1',
		standard: 'error',
		at: ['result/indicator'],
		kind: 'here-or-above',
		name: 'reference',
		says: 'References stand on the indicator and on its result; they belong on one of the two.'
	}
];

/** Measures 1 to 4 count something, 5 is told in words. */
function values(id: string, at: string, measure: string, what: string): Rule[] {
	const counted = `${measure}=1|2|3|4`;
	return [
		{
			id: `${id}.1`,
			standard: 'error',
			at: [at],
			kind: 'present',
			any: ['@value'],
			when: counted,
			says: `The ${what} of an indicator that counts something has no value.`
		},
		{
			id: `${id}.2`,
			standard: 'warning',
			at: [at],
			kind: 'number',
			path: '@value',
			when: counted,
			says: `The ${what} of an indicator that counts something is no number.`
		},
		{
			id: `${id}.3`,
			standard: 'warning',
			at: [at],
			kind: 'absent',
			path: '@value',
			when: `${measure}=5`,
			says: `The ${what} of an indicator told in words has a value.`
		}
	];
}
