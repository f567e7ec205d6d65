/** Words of the outline screens. */
export const outline = {};
