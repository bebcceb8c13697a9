/** Pages that every promise is tested on: one of each kind, published and demonstration. */
export const PAGES = [
	'/',
	'/?demonstration=off',
	'/?asof=2017-06-30',
	'/?portfolio=all',
	'/projects',
	'/projects/GLOACT',
	'/projects/TRACK4TIP',
	'/projects/GLOACT/spending',
	'/projects/GLOACT/spending?nature=demonstration&country=ML&sort=gap',
	'/?since=2018-01-31&sort=gap',
	'/proof?nature=demonstration&project=GLOACT&formula=difference&change=known%3A2018-01-31',
	'/projects/GLOACT/agreement',
	'/projects/GLOACT/agreement?asof=2017-06-30',
	'/checks',
	'/results',
	'/results?country=ML',
	'/countries',
	'/countries/ML',
	'/countries/AT',
	'/activities',
	'/activities?q=prosecutors&country=MA',
	'/activities/14',
	'/organisations',
	'/organisations/2',
	'/organisations/3',
	'/funding',
	'/funding?asof=2018-06-30&pooled=pro_rata',
	'/transactions',
	'/transactions?nature=demonstration&country=ML',
	'/audit',
	'/audit?nature=demonstration&method=monetary&seed=a',
	'/proof?nature=demonstration&measure=received',
	'/proof?nature=demonstration&formula=cash_balance',
	'/proof?nature=demonstration&project=GLOACT&agreement=DEMO-EU-UNODC&formula=rule_distance&agreement_rule=DEMO-EU-UNODC-2',
	'/proof?claim=1',
	'/c',
	'/changes',
	'/changes?nature=demonstration&project=GLOACT&since=2017-12-31',
	'/about',
	'/api',
	'/data-dictionary'
] as const;

/** Each kind of page is looked at with every commit, its other states and languages at night. */
export const tagsOf = (path: string): string[] => (/\?|^\/(ar|fr)\//.test(path) ? ['nightly'] : []);

/** The same page in another language. */
export function inLanguage(path: string, language: string): string {
	return `/${language}${path === '/' || path.startsWith('/?') ? path.slice(1) : path}`;
}
