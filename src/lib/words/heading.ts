import { m } from '#lib/paraglide/messages.js';
import { openGlossary } from './glossary.ts';

/** The United Nations' harmonised budget headings; a code of another agreement stays as it is. */
export const { label: headingLabel, definition: headingDefinition } = openGlossary({
	staff: [m.words_heading_staff, m.words_heading_staff_definition],
	supplies: [m.words_heading_supplies, m.words_heading_supplies_definition],
	equipment: [m.words_heading_equipment, m.words_heading_equipment_definition],
	contractual: [m.words_heading_contractual, m.words_heading_contractual_definition],
	travel: [m.words_heading_travel, m.words_heading_travel_definition],
	transfers: [m.words_heading_transfers, m.words_heading_transfers_definition],
	operating: [m.words_heading_operating, m.words_heading_operating_definition],
	indirect: [m.words_heading_indirect, m.words_heading_indirect_definition]
});
