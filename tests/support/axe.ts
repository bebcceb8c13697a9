import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Axe for a page as it stands. In one run inside the page and without a result for all that is right, which on a large
 * page is five times as fast as in pieces; those are for frames of other sites, and no page has any.
 */
export function axeOn(page: Page): AxeBuilder {
	return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}

/** What axe finds serious or critical on a page: the rule and the first element that breaks it. */
export async function seriousOn(page: Page): Promise<string[]> {
	const { violations } = await axeOn(page).analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
