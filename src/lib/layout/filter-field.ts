type Field = { name: string; label: string; value: string | null };

/** One part of a filter form; `name` is the parameter of the address that it sets. */
export type FilterField =
	| (Field & {
			kind: 'select';
			/** The choice of no restriction; null where one of the options always holds. */
			all: string | null;
			options: { value: string; label: string }[];
			/** Said at the end of a list that does not hold every choice. */
			more?: string | null;
			/** The option that restricts nothing, where there is no `all`. */
			neutral?: string;
	  })
	| (Field & {
			/** Boxes to tick, behind a summary; `value` holds what is ticked, joined by commas. */
			kind: 'several';
			options: { value: string; label: string }[];
			/** Said at the end of a list that does not hold every choice. */
			more?: string | null;
	  })
	| (Field & { kind: 'text' })
	| (Field & { kind: 'date' });
