/**
 * `from` and `to` of an address that names no `since`: the two states of the books that are compared. The page itself asks
 * for them by `since` and `asof` (a day) or `version` (a posting), because `from` and `to` of a slice are when the money
 * moved. Null where the address is as the page wants it.
 */
export function asStates(parameters: URLSearchParams): URLSearchParams | null {
	const from = parameters.get('from');
	if (from === null || parameters.has('since')) return null;
	const to = parameters.get('to');
	const states = new URLSearchParams(parameters);
	states.delete('from');
	states.delete('to');
	states.set('since', from);
	if (to === null || to === '') return states;
	if (!/^[1-9][0-9]{0,8}$/.test(to)) states.set('asof', to);
	// The other nature has no part in it.
	else states.set('version', parameters.get('nature') === 'demonstration' ? `0.${to}` : `${to}.0`);
	return states;
}
