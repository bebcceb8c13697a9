import { m } from '#lib/paraglide/messages.js';
import type { Disclaimer } from './disclaimer.ts';

/** The United Nations' formulas, in words. */
export const DISCLAIMER_TEXTS: Record<Disclaimer, () => string> = {
	general: m.map_disclaimer_general,
	sudan: m.map_disclaimer_sudan,
	abyei: m.map_disclaimer_abyei,
	nsgt: m.map_disclaimer_nsgt,
	jk: m.map_disclaimer_jk,
	jk_status: m.map_disclaimer_jk_status,
	falklands: m.map_disclaimer_falklands
};
