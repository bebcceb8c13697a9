import type { XmlElement } from './xml.ts';

/**
 * What the standard asks for and a source did not say, and what a source said and the standard has no place for, stands
 * in files of this project under a namespace of its own. Other readers pass it over, as the schema allows; this one takes
 * the file for what was known, and not for what the schema made of it.
 */
export const OWN_NAMESPACE = 'urn:project-portfolio-dashboard:iati';

const own = (name: string) => `{${OWN_NAMESPACE}}${name}`;
const WRITTEN = own('written');
/** `element`, or the attributes of it that only the schema wants. */
const ADDED = own('added');
/** A date as it was stated, where that is less than a day. */
const STATED = own('stated');
const PERCENTAGE = own('percentage');
const PREFIX = own('');

type Changing = Omit<XmlElement, 'attributes' | 'children' | 'name' | 'text'> & {
	name: string;
	text: string;
	attributes: Record<string, string | undefined>;
	children: readonly XmlElement[];
};

/** Takes off an activity of our own files what was added for the schema. Any other is left alone. */
export function withoutAdded(activity: XmlElement): void {
	if (activity.attributes[WRITTEN] !== undefined) restore(activity as Changing);
}

function restore(element: Changing): void {
	const { attributes } = element;
	for (const name of attributes[ADDED]?.split(' ') ?? []) delete attributes[name];
	const stated = attributes[STATED];
	if (stated !== undefined) {
		delete attributes['iso-date'];
		element.text = stated;
	}
	const percentage = attributes[PERCENTAGE];
	if (percentage !== undefined) attributes.percentage = percentage;
	if (element.name.startsWith(PREFIX)) element.name = element.name.slice(PREFIX.length);
	if (element.children.length === 0) return;
	element.children = element.children.filter((child) => child.attributes[ADDED] !== 'element');
	for (const child of element.children) restore(child as Changing);
}
