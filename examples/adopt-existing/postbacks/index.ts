// Written by "pulumi-cake adopt" from adopted.json, which writes it anew.
import "./fjord";
import "./lumen";
import "./northpeak";
