import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
export const folder: string = process.cwd();
export const stack: string = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
export const greeting: string = config.require("greeting");
export const token: pulumi.Output<string> = config.requireSecret("token");
