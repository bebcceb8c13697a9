/** Every exception from a rule says why, after two dashes. */
export const explainedExceptions = {
	meta: {
		type: 'suggestion',
		schema: [],
		messages: {
			unexplained: 'Say why this exception is right: "eslint-disable-next-line <rule> -- <reason>".'
		}
	},
	create(context) {
		return {
			Program() {
				for (const comment of context.sourceCode.getAllComments()) {
					if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value)) {
						context.report({ loc: comment.loc, messageId: 'unexplained' });
					}
				}
			}
		};
	}
};
