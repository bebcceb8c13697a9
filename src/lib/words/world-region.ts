import { m } from '#lib/paraglide/messages.js';
import { glossary } from './glossary.ts';

/** The geographic regions of the United Nations' standard M49, in the order of their codes' names. */
export const WORLD_REGIONS = ['africa', 'americas', 'asia', 'europe', 'oceania'] as const;
export type WorldRegion = (typeof WORLD_REGIONS)[number];

/** ISO alpha-2 codes by region, as M49 has them. Antarctica, in no region of it, is left out. */
const MEMBERS: Record<WorldRegion, string> = {
	africa: `AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW
		MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW`,
	americas: `AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC
		MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI`,
	asia: `AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK
		PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE`,
	europe: `AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT
		NL NO PL PT RO RS RU SE SI SJ SK SM UA VA`,
	oceania: 'AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS'
};

const REGION_OF = new Map(
	WORLD_REGIONS.flatMap((region) =>
		MEMBERS[region].split(/\s+/).map((iso2): [string, WorldRegion] => [iso2, region])
	)
);

/** The region of a country by its ISO alpha-2 code, or `null` for one that lies in none. */
export const worldRegionOf = (iso2: string): WorldRegion | null => REGION_OF.get(iso2) ?? null;

/** What a region is called, and which standard draws it. */
export const { label: worldRegionLabel } = glossary({
	africa: [m.words_world_africa, m.words_world_definition],
	americas: [m.words_world_americas, m.words_world_definition],
	asia: [m.words_world_asia, m.words_world_definition],
	europe: [m.words_world_europe, m.words_world_definition],
	oceania: [m.words_world_oceania, m.words_world_definition]
});
