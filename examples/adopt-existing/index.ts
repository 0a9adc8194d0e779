// The postbacks that were live already: "npx --no -- pulumi-cake adopt" wrote them, and adds what is new when it is run again.
import "./postbacks";

// What is new from now on is declared like any other resource, in a file of its own or here.
