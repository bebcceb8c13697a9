import { countryName } from '#lib/words/country.ts';
import { csvOf } from './csv.ts';
import { COUNTRIES, DIRECT_HEADINGS, LAST_DAY, PROGRAMME, PROJECT, REPORTER } from './frame.ts';

/** The one organisation that exists for the demonstration only: the dashboard, which reports all of it. */
export function writeReporter(): string {
	return csvOf(
		[
			'organisation_id',
			'name',
			'role',
			'iati_org_type',
			'iati_org_identifier',
			'country_iso2',
			'projects',
			'nature'
		],
		[
			{
				organisation_id: REPORTER,
				name: 'This dashboard (demonstration)',
				role: 'reporter of invented entries',
				projects: PROJECT,
				nature: 'demonstration'
			}
		]
	);
}

const WORDS: Record<string, { en: string; fr: string }> = {
	staff: { en: 'staff and personnel', fr: 'personnel' },
	supplies: { en: 'supplies and materials', fr: 'fournitures et matières' },
	equipment: { en: 'equipment', fr: 'équipement' },
	contractual: { en: 'contractual services', fr: 'services contractuels' },
	travel: { en: 'travel', fr: 'voyages' },
	operating: { en: 'general operating costs', fr: 'frais généraux de fonctionnement' },
	transfers: { en: 'transfers to partners', fr: 'transferts aux partenaires' },
	indirect: { en: 'indirect costs', fr: 'coûts indirects' },
	income: { en: 'funds received', fr: 'fonds reçus' }
};
const OF_PROGRAMME = ['staff', 'travel', 'contractual', 'operating', 'indirect', 'transfers', 'income'];

/** The outputs that invented entries hang on: one per country and heading, and a few for the whole programme. */
export function writeOutputs(): string {
	const outputs = [
		...COUNTRIES.flatMap((country) =>
			DIRECT_HEADINGS.map((heading) => ({ where: country as string, heading }))
		),
		...OF_PROGRAMME.map((heading) => ({ where: PROGRAMME, heading }))
	];
	return csvOf(
		[
			'activity_id',
			'project_id',
			'title',
			'title_fr',
			'type',
			'start_date',
			'end_date',
			'date_precision',
			'host_iso2',
			'participating_iso2',
			'nature'
		],
		outputs.map(({ where, heading }) => ({
			activity_id: `DEMO-${where}-${heading}`,
			project_id: PROJECT,
			title: `Demonstration output: ${WORDS[heading]!.en}, ${placeName(where, 'en')}`,
			title_fr: `Produit de démonstration : ${WORDS[heading]!.fr}, ${placeName(where, 'fr')}`,
			type: 'demonstration_output',
			start_date: '2015-07-01',
			end_date: LAST_DAY,
			date_precision: 'day',
			participating_iso2: where === PROGRAMME ? '' : where,
			nature: 'demonstration'
		}))
	);
}

function placeName(where: string, language: 'en' | 'fr'): string {
	if (where !== PROGRAMME) return countryName(where, language);
	return language === 'en' ? 'whole programme' : 'ensemble du programme';
}
