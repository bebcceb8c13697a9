import type { SpendingPart } from '#lib/server/page/spending.ts';

/** Whether a budget is planned by a cut: all of it left over says nothing of the parts. */
export const isBudgeted = (parts: readonly SpendingPart[]) =>
	parts.some(({ key, budget }) => key !== null && budget !== null);
