/** Words of the sessions screens. */
export const sessions = {};
