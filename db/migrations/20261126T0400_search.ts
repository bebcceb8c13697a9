import { sql, type Kysely } from 'kysely';

/**
 * Names are searched as activities are: lower case, accents folded, by trigrams. Activities keep a folded text of their
 * own; of the few that have none the database folds the name itself, so that no writer can forget to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

// What `lower` makes of letters beyond ASCII depends on the server's locale; an index must not.
const CAPITALS = 'ÆØŒŁĐÐÞĦŦŊΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІҐЂЈЉЊЋЏ';
const SMALL = 'æøœłđðþħŧŋαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяєіґђјљњћџ';

const STATEMENTS = [
	`create function folded(words text) returns text language sql immutable strict parallel safe as $$
		select btrim(regexp_replace(translate(lower(regexp_replace(normalize(words, NFD),
			'[\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u0610-\\u061a\\u064b-\\u065f\\u0670]', '', 'g') collate "C"),
			'${CAPITALS}', '${SMALL}'), '\\s+', ' ', 'g'))
	$$`,
	`comment on function folded is 'A text for searching: lower case, without accents, single blanks'`,
	// Organisations by name and reference, projects by names and code, files by name: in milliseconds among tens of thousands.
	`create index organisation_version_search on organisation_version using gin (folded(name || ' ' || coalesce(reference, '')) gin_trgm_ops)`,
	`create index project_version_search on project_version using gin (folded(name || ' ' || coalesce(short_name, '') || ' ' || coalesce(code, '')) gin_trgm_ops)`,
	`create index source_search on source using gin (folded(name) gin_trgm_ops)`
];
