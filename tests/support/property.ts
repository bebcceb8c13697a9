import fc from 'fast-check';
import { expect } from 'vitest';

/** Expects a property to hold for so many generated cases; the message names the smallest counterexample and the seed. */
export function expectAlways<Ts extends unknown[]>(property: fc.IProperty<Ts>, numRuns = 1_000): void {
	const outcome = fc.check(property, { numRuns });
	expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false);
}
