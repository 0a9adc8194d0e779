import * as pulumi from "@pulumi/pulumi";

// Taken over from CAKE as they were. An "up" from a branch that lacks one of them
// would switch it off, so they are protected. Lift that in a change of its own.
export const adopted: pulumi.CustomResourceOptions = { protect: true };
