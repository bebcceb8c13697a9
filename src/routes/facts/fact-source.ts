import type { Origin } from '#lib/server/facts/projects.ts';
import { confidenceDefinition, confidenceLabel } from '#lib/words/fact.ts';
import { sourceAddress } from '#lib/words/place.ts';

/** Where a fact was read, in words, so that the glossary need not travel to the browser. */
export type FactSource = {
	url: string | null;
	title: string | null;
	evidence: string | null;
	confidence: string | null;
	/** Address of the row of the stored file that holds the fact. */
	row: string | null;
	place: string | null;
};

/** The source of a fact in the visitor's language. */
export function labelSource({
	origin_url,
	origin_title,
	evidence,
	confidence,
	source_sha256,
	place
}: Origin): FactSource {
	const definition = confidence && confidenceDefinition(confidence);
	return {
		url: origin_url,
		title: origin_title,
		evidence,
		confidence: confidence && [confidenceLabel(confidence), definition].filter(Boolean).join('. '),
		row: source_sha256 && sourceAddress(source_sha256, place),
		place
	};
}
