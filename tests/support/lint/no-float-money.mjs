import ts from 'typescript';

/**
 * Forbids the ways by which an amount turns from text into a floating point number and back: `parseFloat`, `toFixed` and
 * `toPrecision` of a number, and with the option `strict` also `Number(text)`, `+text` and `Math.round`.
 * Whole numbers are read with `Number.parseInt(text, 10)`. With types a decimal's own `toFixed` is told apart; without them every one is refused.
 */
export const noFloatMoney = {
	meta: {
		type: 'problem',
		schema: [{ enum: ['strict'] }],
		messages: { float: '{{ what }} makes a floating point number; amounts are Decimal text (see lib/money).' }
	},
	create(context) {
		const strict = context.options[0] === 'strict';
		const services = context.sourceCode.parserServices;
		const has = (node, flags) => (services.getTypeAtLocation(node).flags & flags) !== 0;
		const isTyped = Boolean(services?.program);
		const isNumber = (node) => !isTyped || has(node, ts.TypeFlags.NumberLike);
		const isWhole = (node) => isTyped && has(node, ts.TypeFlags.BigIntLike);
		const report = (node, what) => context.report({ node, messageId: 'float', data: { what } });

		return {
			CallExpression(node) {
				const { callee, arguments: given } = node;
				if (callee.type === 'Identifier') {
					if (callee.name === 'parseFloat') report(node, 'parseFloat');
					if (strict && callee.name === 'Number' && given[0] && !isWhole(given[0])) report(node, 'Number()');
				} else if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
					const { object, property } = callee;
					const of = object.type === 'Identifier' ? object.name : '';
					if (of === 'Number' && property.name === 'parseFloat') report(node, 'Number.parseFloat');
					else if (strict && of === 'Math' && property.name === 'round') report(node, 'Math.round');
					else if (['toFixed', 'toPrecision'].includes(property.name) && isNumber(object))
						report(node, property.name);
				}
			},
			// `.map(Number)` and the like.
			'CallExpression > Identifier.arguments[name=/^(Number|parseFloat)$/]'(node) {
				if (strict || node.name === 'parseFloat') report(node, node.name);
			},
			'UnaryExpression[operator="+"]'(node) {
				if (strict && !(isTyped && isNumber(node.argument))) report(node, 'Unary plus');
			}
		};
	}
};
