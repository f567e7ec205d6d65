/** Words of the join screens. */
export const join = {};
