/** Pages that every promise is tested on: one of each kind, published and demonstration. */
export const PAGES = [
	'/',
	'/?demonstration=off',
	'/?asof=2017-06-30',
	'/?portfolio=all',
	'/projects',
	'/projects/GLOACT',
	'/projects/TRACK4TIP',
	'/countries',
	'/countries/ML',
	'/countries/AT',
	'/activities',
	'/activities?q=prosecutors&country=MA',
	'/activities/14',
	'/organisations/2',
	'/organisations/3',
	'/transactions',
	'/transactions?nature=demonstration&country=ML',
	'/proof?nature=demonstration&measure=received',
	'/proof?nature=demonstration&formula=cash_balance',
	'/proof?claim=1',
	'/about'
] as const;
