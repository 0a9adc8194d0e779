// Postbacks that were live before this stack. "npx --no -- pulumi-cake adopt" wrote these files, and adds new ones
// later.
import "./postbacks";

// Declare new postbacks like any other resource, here or in another file.
