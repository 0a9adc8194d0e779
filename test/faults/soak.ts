/** Whether everything is tried that there is: `npm run soak`. By default a chosen part of it is. */
export const isSoak = process.env.FAULTS === "all";
