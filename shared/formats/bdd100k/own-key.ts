/**
 * The key below which labels and categories carry what Scalabel has no place for. Its readers take the keys that they
 * know and pass over others.
 */
export const OWN_KEY = 'groundmark';
