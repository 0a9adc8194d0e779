import "./affiliate-2004";
import "./affiliate-2017";
import "./affiliate-2260";
