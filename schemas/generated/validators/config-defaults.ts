// @ts-nocheck
// Generated from JSON Schema by `bun run types`. Do not edit.
export default function ({ config, plugin }) {
const schema0 = config;
const schema1 = config["$defs"]["ServerConfig"];
const schema23 = config["$defs"]["ModelsConfig"];
const schema26 = config["$defs"]["SourceName"];
const schema29 = config["$defs"]["SlotName"];
const schema46 = config["$defs"]["JournalConfig"];
const func0 = Object.prototype.hasOwnProperty;
const func1 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^[0-9a-f]{64}$", "u");
const pattern1 = new RegExp("^https?://[^/]+$", "u");
const pattern7 = new RegExp("^(?!overrides$)[A-Za-z][A-Za-z0-9_-]{0,63}$", "u");
const pattern9 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", "u");
const schema2 = config["$defs"]["PluginsConfig"];
const schema7 = plugin["$defs"]["Permissions"];
const schema8 = plugin["$defs"]["PermissionList"];
const schema10 = plugin["$defs"]["NetPermissionList"];
const schema11 = plugin["$defs"]["NetAddress"];
const pattern4 = new RegExp("^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$", "u");

function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate4.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(Array.isArray(data)){
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
const _errs1 = errors;
const _errs2 = errors;
let valid1 = false;
const _errs3 = errors;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/NetAddress/pattern",keyword:"pattern",params:{pattern: "^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/NetAddress/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
valid1 = valid1 || _valid0;
const _errs6 = errors;
if(errors === _errs6){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing0;
if((data0.allow === undefined) && (missing0 = "allow")){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf/1/required",keyword:"required",params:{missingProperty: missing0}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
const _errs8 = errors;
for(const key0 in data0){
if(!((key0 === "allow") || (key0 === "reason"))){
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
break;
}
}
if(_errs8 === errors){
if(data0.allow !== undefined){
let data1 = data0.allow;
const _errs9 = errors;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err4 = {instancePath:instancePath+"/" + i0+"/allow",schemaPath:"#/$defs/NetAddress/pattern",keyword:"pattern",params:{pattern: "^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/" + i0+"/allow",schemaPath:"#/$defs/NetAddress/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var valid3 = _errs9 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data0.reason !== undefined){
const _errs12 = errors;
if(typeof data0.reason !== "string"){
const err6 = {instancePath:instancePath+"/" + i0+"/reason",schemaPath:"#/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
const err7 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err8 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
validate4.errors = vErrors;
return false;
}
else {
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
else {
validate4.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
validate4.errors = vErrors;
return errors === 0;
}
validate4.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate7.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "read") || (key0 === "write")) || (key0 === "net")) || (key0 === "run")) || (key0 === "env")) || (key0 === "device"))){
validate7.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.read !== undefined){
let data0 = data.read;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data0)){
var valid2 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs5 = errors;
const _errs6 = errors;
let valid3 = false;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err0 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
valid3 = valid3 || _valid0;
const _errs9 = errors;
if(errors === _errs9){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing0;
if((data1.allow === undefined) && (missing0 = "allow")){
const err2 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: missing0}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
const _errs11 = errors;
for(const key1 in data1){
if(!((key1 === "allow") || (key1 === "reason"))){
const err3 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
break;
}
}
if(_errs11 === errors){
if(data1.allow !== undefined){
let data2 = data1.allow;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err4 = {instancePath:instancePath+"/read/" + i0+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/read/" + i0+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var valid4 = _errs12 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data1.reason !== undefined){
const _errs14 = errors;
if(typeof data1.reason !== "string"){
const err6 = {instancePath:instancePath+"/read/" + i0+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
const err7 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid0 = _errs9 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const err8 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
validate7.errors = vErrors;
return false;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
var valid2 = _errs5 === errors;
if(!valid2){
break;
}
}
}
else {
validate7.errors = [{instancePath:instancePath+"/read",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.write !== undefined){
let data4 = data.write;
const _errs16 = errors;
const _errs17 = errors;
if(errors === _errs17){
if(Array.isArray(data4)){
var valid6 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
const _errs19 = errors;
const _errs20 = errors;
let valid7 = false;
const _errs21 = errors;
if(errors === _errs21){
if(typeof data5 === "string"){
if(func1(data5) < 1){
const err9 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid1 = _errs21 === errors;
valid7 = valid7 || _valid1;
const _errs23 = errors;
if(errors === _errs23){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((data5.allow === undefined) && (missing1 = "allow")){
const err11 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: missing1}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
const _errs25 = errors;
for(const key2 in data5){
if(!((key2 === "allow") || (key2 === "reason"))){
const err12 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
break;
}
}
if(_errs25 === errors){
if(data5.allow !== undefined){
let data6 = data5.allow;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data6 === "string"){
if(func1(data6) < 1){
const err13 = {instancePath:instancePath+"/write/" + i1+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/write/" + i1+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid8 = _errs26 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data5.reason !== undefined){
const _errs28 = errors;
if(typeof data5.reason !== "string"){
const err15 = {instancePath:instancePath+"/write/" + i1+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid8 = _errs28 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
const err16 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var _valid1 = _errs23 === errors;
valid7 = valid7 || _valid1;
if(!valid7){
const err17 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
validate7.errors = vErrors;
return false;
}
else {
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
}
var valid6 = _errs19 === errors;
if(!valid6){
break;
}
}
}
else {
validate7.errors = [{instancePath:instancePath+"/write",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.net !== undefined){
const _errs30 = errors;
if(!(validate4(data.net, {instancePath:instancePath+"/net",parentData:data,parentDataProperty:"net",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate4.errors : vErrors.concat(validate4.errors);
errors = vErrors.length;
}
var valid0 = _errs30 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.run !== undefined){
let data9 = data.run;
const _errs31 = errors;
const _errs32 = errors;
if(errors === _errs32){
if(Array.isArray(data9)){
var valid10 = true;
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
const _errs34 = errors;
const _errs35 = errors;
let valid11 = false;
const _errs36 = errors;
if(errors === _errs36){
if(typeof data10 === "string"){
if(func1(data10) < 1){
const err18 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
var _valid2 = _errs36 === errors;
valid11 = valid11 || _valid2;
const _errs38 = errors;
if(errors === _errs38){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing2;
if((data10.allow === undefined) && (missing2 = "allow")){
const err20 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: missing2}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
else {
const _errs40 = errors;
for(const key3 in data10){
if(!((key3 === "allow") || (key3 === "reason"))){
const err21 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
break;
}
}
if(_errs40 === errors){
if(data10.allow !== undefined){
let data11 = data10.allow;
const _errs41 = errors;
if(errors === _errs41){
if(typeof data11 === "string"){
if(func1(data11) < 1){
const err22 = {instancePath:instancePath+"/run/" + i2+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/run/" + i2+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var valid12 = _errs41 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data10.reason !== undefined){
const _errs43 = errors;
if(typeof data10.reason !== "string"){
const err24 = {instancePath:instancePath+"/run/" + i2+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var valid12 = _errs43 === errors;
}
else {
var valid12 = true;
}
}
}
}
}
else {
const err25 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
var _valid2 = _errs38 === errors;
valid11 = valid11 || _valid2;
if(!valid11){
const err26 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
validate7.errors = vErrors;
return false;
}
else {
errors = _errs35;
if(vErrors !== null){
if(_errs35){
vErrors.length = _errs35;
}
else {
vErrors = null;
}
}
}
var valid10 = _errs34 === errors;
if(!valid10){
break;
}
}
}
else {
validate7.errors = [{instancePath:instancePath+"/run",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.env !== undefined){
let data13 = data.env;
const _errs45 = errors;
const _errs46 = errors;
if(errors === _errs46){
if(Array.isArray(data13)){
var valid14 = true;
const len3 = data13.length;
for(let i3=0; i3<len3; i3++){
let data14 = data13[i3];
const _errs48 = errors;
const _errs49 = errors;
let valid15 = false;
const _errs50 = errors;
if(errors === _errs50){
if(typeof data14 === "string"){
if(func1(data14) < 1){
const err27 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
var _valid3 = _errs50 === errors;
valid15 = valid15 || _valid3;
const _errs52 = errors;
if(errors === _errs52){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing3;
if((data14.allow === undefined) && (missing3 = "allow")){
const err29 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: missing3}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
else {
const _errs54 = errors;
for(const key4 in data14){
if(!((key4 === "allow") || (key4 === "reason"))){
const err30 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
break;
}
}
if(_errs54 === errors){
if(data14.allow !== undefined){
let data15 = data14.allow;
const _errs55 = errors;
if(errors === _errs55){
if(typeof data15 === "string"){
if(func1(data15) < 1){
const err31 = {instancePath:instancePath+"/env/" + i3+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/env/" + i3+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
var valid16 = _errs55 === errors;
}
else {
var valid16 = true;
}
if(valid16){
if(data14.reason !== undefined){
const _errs57 = errors;
if(typeof data14.reason !== "string"){
const err33 = {instancePath:instancePath+"/env/" + i3+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
var valid16 = _errs57 === errors;
}
else {
var valid16 = true;
}
}
}
}
}
else {
const err34 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
var _valid3 = _errs52 === errors;
valid15 = valid15 || _valid3;
if(!valid15){
const err35 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
validate7.errors = vErrors;
return false;
}
else {
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
}
var valid14 = _errs48 === errors;
if(!valid14){
break;
}
}
}
else {
validate7.errors = [{instancePath:instancePath+"/env",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.device !== undefined){
let data17 = data.device;
const _errs59 = errors;
const _errs60 = errors;
if(errors === _errs60){
if(Array.isArray(data17)){
var valid18 = true;
const len4 = data17.length;
for(let i4=0; i4<len4; i4++){
let data18 = data17[i4];
const _errs62 = errors;
const _errs63 = errors;
let valid19 = false;
const _errs64 = errors;
if(errors === _errs64){
if(typeof data18 === "string"){
if(func1(data18) < 1){
const err36 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
var _valid4 = _errs64 === errors;
valid19 = valid19 || _valid4;
const _errs66 = errors;
if(errors === _errs66){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing4;
if((data18.allow === undefined) && (missing4 = "allow")){
const err38 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: missing4}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
else {
const _errs68 = errors;
for(const key5 in data18){
if(!((key5 === "allow") || (key5 === "reason"))){
const err39 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
break;
}
}
if(_errs68 === errors){
if(data18.allow !== undefined){
let data19 = data18.allow;
const _errs69 = errors;
if(errors === _errs69){
if(typeof data19 === "string"){
if(func1(data19) < 1){
const err40 = {instancePath:instancePath+"/device/" + i4+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/device/" + i4+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
var valid20 = _errs69 === errors;
}
else {
var valid20 = true;
}
if(valid20){
if(data18.reason !== undefined){
const _errs71 = errors;
if(typeof data18.reason !== "string"){
const err42 = {instancePath:instancePath+"/device/" + i4+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
var valid20 = _errs71 === errors;
}
else {
var valid20 = true;
}
}
}
}
}
else {
const err43 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
var _valid4 = _errs66 === errors;
valid19 = valid19 || _valid4;
if(!valid19){
const err44 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
validate7.errors = vErrors;
return false;
}
else {
errors = _errs63;
if(vErrors !== null){
if(_errs63){
vErrors.length = _errs63;
}
else {
vErrors = null;
}
}
}
var valid18 = _errs62 === errors;
if(!valid18){
break;
}
}
}
else {
validate7.errors = [{instancePath:instancePath+"/device",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs59 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate7.errors = vErrors;
return errors === 0;
}
validate7.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate1.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.paths === undefined){
data.paths = [];
}
if(data.grants === undefined){
data.grants = {};
}
if(data.sandbox === undefined){
data.sandbox = "auto";
}
if(data.maxProcesses === undefined){
data.maxProcesses = 1024;
}
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "paths") || (key0 === "grants")) || (key0 === "sandbox")) || (key0 === "maxProcesses"))){
validate1.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
let data0 = data.paths;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(typeof data0[i0] !== "string"){
validate1.errors = [{instancePath:instancePath+"/paths/" + i0,schemaPath:"#/properties/paths/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs2 === errors;
if(valid0){
let data2 = data.grants;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
const _errs9 = errors;
if(!(validate7(data2[key1], {instancePath:instancePath+"/grants/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate7.errors : vErrors.concat(validate7.errors);
errors = vErrors.length;
}
var valid2 = _errs9 === errors;
if(!valid2){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/grants",schemaPath:"#/properties/grants/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs6 === errors;
if(valid0){
let data4 = data.sandbox;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate1.errors = [{instancePath:instancePath+"/sandbox",schemaPath:"#/properties/sandbox/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((data4 === "auto") || (data4 === "require"))){
validate1.errors = [{instancePath:instancePath+"/sandbox",schemaPath:"#/properties/sandbox/enum",keyword:"enum",params:{allowedValues: schema2.properties.sandbox.enum}}];
return false;
}
var valid0 = _errs10 === errors;
if(valid0){
let data5 = data.maxProcesses;
const _errs12 = errors;
if(!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))){
validate1.errors = [{instancePath:instancePath+"/maxProcesses",schemaPath:"#/properties/maxProcesses/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs12){
if(typeof data5 == "number"){
if(data5 < 16 || isNaN(data5)){
validate1.errors = [{instancePath:instancePath+"/maxProcesses",schemaPath:"#/properties/maxProcesses/minimum",keyword:"minimum",params:{comparison: ">=", limit: 16}}];
return false;
}
}
}
var valid0 = _errs12 === errors;
}
}
}
}
}
else {
validate1.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate1.errors = vErrors;
return errors === 0;
}
validate1.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema24 = config["$defs"]["SpeechConfig"];
const schema25 = config["$defs"]["LoudnessConfig"];

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate11.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.defaultVoice === undefined){
data.defaultVoice = "slt";
}
if(data.maxCharacters === undefined){
data.maxCharacters = 100000;
}
if(data.maxQueue === undefined){
data.maxQueue = 512;
}
if(data.loadTimeoutMs === undefined){
data.loadTimeoutMs = 30000;
}
if(data.cores === undefined){
data.cores = "auto";
}
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "defaultVoice") || (key0 === "aliases")) || (key0 === "maxCharacters")) || (key0 === "maxQueue")) || (key0 === "loadTimeoutMs")) || (key0 === "cores")) || (key0 === "loudness"))){
validate11.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
const _errs2 = errors;
if(typeof data.defaultVoice !== "string"){
validate11.errors = [{instancePath:instancePath+"/defaultVoice",schemaPath:"#/properties/defaultVoice/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
if(valid0){
if(data.aliases !== undefined){
let data1 = data.aliases;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
const _errs7 = errors;
if(typeof data1[key1] !== "string"){
validate11.errors = [{instancePath:instancePath+"/aliases/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
let data3 = data.maxCharacters;
const _errs9 = errors;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
validate11.errors = [{instancePath:instancePath+"/maxCharacters",schemaPath:"#/properties/maxCharacters/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs9){
if(typeof data3 == "number"){
if(data3 > 1000000 || isNaN(data3)){
validate11.errors = [{instancePath:instancePath+"/maxCharacters",schemaPath:"#/properties/maxCharacters/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000}}];
return false;
}
else {
if(data3 < 1 || isNaN(data3)){
validate11.errors = [{instancePath:instancePath+"/maxCharacters",schemaPath:"#/properties/maxCharacters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
var valid0 = _errs9 === errors;
if(valid0){
let data4 = data.maxQueue;
const _errs11 = errors;
if(!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))){
validate11.errors = [{instancePath:instancePath+"/maxQueue",schemaPath:"#/properties/maxQueue/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs11){
if(typeof data4 == "number"){
if(data4 < 1 || isNaN(data4)){
validate11.errors = [{instancePath:instancePath+"/maxQueue",schemaPath:"#/properties/maxQueue/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs11 === errors;
if(valid0){
let data5 = data.loadTimeoutMs;
const _errs13 = errors;
if(!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))){
validate11.errors = [{instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs13){
if(typeof data5 == "number"){
if(data5 < 0 || isNaN(data5)){
validate11.errors = [{instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs13 === errors;
if(valid0){
let data6 = data.cores;
const _errs15 = errors;
const _errs16 = errors;
let valid2 = false;
const _errs17 = errors;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
const err0 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/0/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(errors === _errs17){
if(typeof data6 == "number"){
if(data6 > 1024 || isNaN(data6)){
const err1 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
if(data6 < 1 || isNaN(data6)){
const err2 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
var _valid0 = _errs17 === errors;
valid2 = valid2 || _valid0;
const _errs19 = errors;
if("auto" !== data6){
const err3 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/1/const",keyword:"const",params:{allowedValue: "auto"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err4 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
validate11.errors = vErrors;
return false;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs15 === errors;
if(valid0){
if(data.loudness !== undefined){
let data7 = data.loudness;
const _errs20 = errors;
const _errs21 = errors;
if(errors === _errs21){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.target === undefined){
data7.target = -20;
}
if(data7.ceiling === undefined){
data7.ceiling = -1;
}
const _errs23 = errors;
for(const key2 in data7){
if(!((key2 === "target") || (key2 === "ceiling"))){
validate11.errors = [{instancePath:instancePath+"/loudness",schemaPath:"#/$defs/LoudnessConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}}];
return false;
break;
}
}
if(_errs23 === errors){
let data8 = data7.target;
const _errs24 = errors;
const _errs25 = errors;
let valid5 = false;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data8 == "number"){
if(data8 > -10 || isNaN(data8)){
const err5 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: -10}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
if(data8 < -40 || isNaN(data8)){
const err6 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: -40}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/0/type",keyword:"type",params:{type: "number"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid1 = _errs26 === errors;
valid5 = valid5 || _valid1;
const _errs28 = errors;
if(typeof data8 !== "string"){
const err8 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/1/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if("off" !== data8){
const err9 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/1/const",keyword:"const",params:{allowedValue: "off"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid1 = _errs28 === errors;
valid5 = valid5 || _valid1;
if(!valid5){
const err10 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
validate11.errors = vErrors;
return false;
}
else {
errors = _errs25;
if(vErrors !== null){
if(_errs25){
vErrors.length = _errs25;
}
else {
vErrors = null;
}
}
}
var valid4 = _errs24 === errors;
if(valid4){
let data9 = data7.ceiling;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data9 == "number"){
if(data9 > 0 || isNaN(data9)){
validate11.errors = [{instancePath:instancePath+"/loudness/ceiling",schemaPath:"#/$defs/LoudnessConfig/properties/ceiling/maximum",keyword:"maximum",params:{comparison: "<=", limit: 0}}];
return false;
}
else {
if(data9 < -20 || isNaN(data9)){
validate11.errors = [{instancePath:instancePath+"/loudness/ceiling",schemaPath:"#/$defs/LoudnessConfig/properties/ceiling/minimum",keyword:"minimum",params:{comparison: ">=", limit: -20}}];
return false;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/loudness/ceiling",schemaPath:"#/$defs/LoudnessConfig/properties/ceiling/type",keyword:"type",params:{type: "number"}}];
return false;
}
}
var valid4 = _errs30 === errors;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/loudness",schemaPath:"#/$defs/LoudnessConfig/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate11.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate11.errors = vErrors;
return errors === 0;
}
validate11.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema27 = config["$defs"]["SourceBinding"];
const schema28 = config["$defs"]["ReleaseRange"];
const pattern8 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$", "u");

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate13.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.settings === undefined){
data.settings = {};
}
if(data.force === undefined){
data.force = false;
}
let missing0;
if((data.plugin === undefined) && (missing0 = "plugin")){
validate13.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "plugin") || (key0 === "settings")) || (key0 === "force"))){
validate13.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.plugin !== undefined){
let data0 = data.plugin;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
validate13.errors = [{instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"}}];
return false;
}
}
else {
validate13.errors = [{instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
let data1 = data.settings;
const _errs5 = errors;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
validate13.errors = [{instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs5 === errors;
if(valid0){
const _errs7 = errors;
if(typeof data.force !== "boolean"){
validate13.errors = [{instancePath:instancePath+"/force",schemaPath:"#/properties/force/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs7 === errors;
}
}
}
}
}
else {
validate13.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate13.errors = vErrors;
return errors === 0;
}
validate13.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema30 = config["$defs"]["VoiceBinding"];
const schema33 = config["$defs"]["MemoryLimit"];
const pattern12 = new RegExp("^(auto|cpu|cuda(:\\d+)?)$", "u");

function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate15.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.device === undefined){
data.device = "auto";
}
if(data.settings === undefined){
data.settings = {};
}
if(data.load === undefined){
data.load = "eager";
}
if(data.idleUnloadMs === undefined){
data.idleUnloadMs = 0;
}
let missing0;
if((data.plugin === undefined) && (missing0 = "plugin")){
validate15.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "plugin") || (key0 === "model")) || (key0 === "device")) || (key0 === "settings")) || (key0 === "load")) || (key0 === "idleUnloadMs")) || (key0 === "memoryLimitBytes"))){
validate15.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.plugin !== undefined){
let data0 = data.plugin;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
validate15.errors = [{instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"}}];
return false;
}
}
else {
validate15.errors = [{instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.model !== undefined){
let data1 = data.model;
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data1 === "string"){
if(!pattern8.test(data1)){
validate15.errors = [{instancePath:instancePath+"/model",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"}}];
return false;
}
}
else {
validate15.errors = [{instancePath:instancePath+"/model",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
let data2 = data.device;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data2 === "string"){
if(!pattern12.test(data2)){
validate15.errors = [{instancePath:instancePath+"/device",schemaPath:"#/properties/device/pattern",keyword:"pattern",params:{pattern: "^(auto|cpu|cuda(:\\d+)?)$"}}];
return false;
}
}
else {
validate15.errors = [{instancePath:instancePath+"/device",schemaPath:"#/properties/device/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs8 === errors;
if(valid0){
let data3 = data.settings;
const _errs10 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
validate15.errors = [{instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs10 === errors;
if(valid0){
let data4 = data.load;
const _errs12 = errors;
if(typeof data4 !== "string"){
validate15.errors = [{instancePath:instancePath+"/load",schemaPath:"#/properties/load/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((data4 === "eager") || (data4 === "on-demand"))){
validate15.errors = [{instancePath:instancePath+"/load",schemaPath:"#/properties/load/enum",keyword:"enum",params:{allowedValues: schema30.properties.load.enum}}];
return false;
}
var valid0 = _errs12 === errors;
if(valid0){
let data5 = data.idleUnloadMs;
const _errs14 = errors;
if(!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))){
validate15.errors = [{instancePath:instancePath+"/idleUnloadMs",schemaPath:"#/properties/idleUnloadMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs14){
if(typeof data5 == "number"){
if(data5 < 0 || isNaN(data5)){
validate15.errors = [{instancePath:instancePath+"/idleUnloadMs",schemaPath:"#/properties/idleUnloadMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs14 === errors;
if(valid0){
if(data.memoryLimitBytes !== undefined){
let data6 = data.memoryLimitBytes;
const _errs16 = errors;
const _errs17 = errors;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
validate15.errors = [{instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs17){
if(typeof data6 == "number"){
if(data6 < 1 || isNaN(data6)){
validate15.errors = [{instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate15.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate15.errors = vErrors;
return errors === 0;
}
validate15.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema35 = config["$defs"]["SinkBinding"];
const schema37 = config["$defs"]["AudioFormat"];

function validate17(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate17.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.format === undefined){
data.format = "wav";
}
if(data.settings === undefined){
data.settings = {};
}
let missing0;
if((data.plugin === undefined) && (missing0 = "plugin")){
validate17.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "plugin") || (key0 === "format")) || (key0 === "settings")) || (key0 === "memoryLimitBytes"))){
validate17.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.plugin !== undefined){
let data0 = data.plugin;
const _errs2 = errors;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
validate17.errors = [{instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"}}];
return false;
}
}
else {
validate17.errors = [{instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
let data1 = data.format;
const _errs5 = errors;
if(typeof data1 !== "string"){
validate17.errors = [{instancePath:instancePath+"/format",schemaPath:"#/$defs/AudioFormat/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data1 === "mp3") || (data1 === "wav")) || (data1 === "pcm"))){
validate17.errors = [{instancePath:instancePath+"/format",schemaPath:"#/$defs/AudioFormat/enum",keyword:"enum",params:{allowedValues: schema37.enum}}];
return false;
}
var valid0 = _errs5 === errors;
if(valid0){
let data2 = data.settings;
const _errs8 = errors;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
validate17.errors = [{instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs8 === errors;
if(valid0){
if(data.memoryLimitBytes !== undefined){
let data3 = data.memoryLimitBytes;
const _errs10 = errors;
const _errs11 = errors;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
validate17.errors = [{instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs11){
if(typeof data3 == "number"){
if(data3 < 1 || isNaN(data3)){
validate17.errors = [{instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate17.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate17.errors = vErrors;
return errors === 0;
}
validate17.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema39 = config["$defs"]["SwapConfig"];
const schema40 = config["$defs"]["WatchConfig"];
const schema41 = config["$defs"]["ErrorRate"];

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.windowMs === undefined){
data.windowMs = 60000;
}
if(data.minRequests === undefined){
data.minRequests = 5;
}
if(data.maxErrorRate === undefined){
data.maxErrorRate = 0.5;
}
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "windowMs") || (key0 === "minRequests")) || (key0 === "maxErrorRate"))){
validate20.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
let data0 = data.windowMs;
const _errs2 = errors;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
validate20.errors = [{instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs2){
if(typeof data0 == "number"){
if(data0 < 0 || isNaN(data0)){
validate20.errors = [{instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs2 === errors;
if(valid0){
let data1 = data.minRequests;
const _errs4 = errors;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
validate20.errors = [{instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs4){
if(typeof data1 == "number"){
if(data1 < 1 || isNaN(data1)){
validate20.errors = [{instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs4 === errors;
if(valid0){
let data2 = data.maxErrorRate;
const _errs6 = errors;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data2 == "number"){
if(data2 > 1 || isNaN(data2)){
validate20.errors = [{instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1}}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate20.errors = [{instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/type",keyword:"type",params:{type: "number"}}];
return false;
}
}
var valid0 = _errs6 === errors;
}
}
}
}
else {
validate20.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema42 = config["$defs"]["CanaryConfig"];

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.percent === undefined){
data.percent = 10;
}
if(data.minRequests === undefined){
data.minRequests = 20;
}
if(data.maxErrorRate === undefined){
data.maxErrorRate = 0.05;
}
if(data.windowMs === undefined){
data.windowMs = 60000;
}
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "percent") || (key0 === "minRequests")) || (key0 === "maxErrorRate")) || (key0 === "windowMs"))){
validate22.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
let data0 = data.percent;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 == "number"){
if(data0 > 100 || isNaN(data0)){
validate22.errors = [{instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100}}];
return false;
}
else {
if(data0 < 1 || isNaN(data0)){
validate22.errors = [{instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/type",keyword:"type",params:{type: "number"}}];
return false;
}
}
var valid0 = _errs2 === errors;
if(valid0){
let data1 = data.minRequests;
const _errs4 = errors;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
validate22.errors = [{instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs4){
if(typeof data1 == "number"){
if(data1 < 1 || isNaN(data1)){
validate22.errors = [{instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs4 === errors;
if(valid0){
let data2 = data.maxErrorRate;
const _errs6 = errors;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data2 == "number"){
if(data2 > 1 || isNaN(data2)){
validate22.errors = [{instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1}}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate22.errors = [{instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/type",keyword:"type",params:{type: "number"}}];
return false;
}
}
var valid0 = _errs6 === errors;
if(valid0){
let data3 = data.windowMs;
const _errs9 = errors;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
validate22.errors = [{instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs9){
if(typeof data3 == "number"){
if(data3 < 0 || isNaN(data3)){
validate22.errors = [{instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs9 === errors;
}
}
}
}
}
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate19(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate19.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.startTimeoutMs === undefined){
data.startTimeoutMs = 10000;
}
if(data.loadTimeoutMs === undefined){
data.loadTimeoutMs = 300000;
}
if(data.drainTimeoutMs === undefined){
data.drainTimeoutMs = 600000;
}
if(data.healthIntervalMs === undefined){
data.healthIntervalMs = 5000;
}
if(data.healthTimeoutMs === undefined){
data.healthTimeoutMs = 10000;
}
if(data.audioTimeoutMs === undefined){
data.audioTimeoutMs = 60000;
}
if(data.cancelTimeoutMs === undefined){
data.cancelTimeoutMs = 10000;
}
if(data.memoryIntervalMs === undefined){
data.memoryIntervalMs = 5000;
}
if(data.parkForMs === undefined){
data.parkForMs = 30000;
}
const _errs1 = errors;
for(const key0 in data){
if(!(func0.call(schema39.properties, key0))){
validate19.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
let data0 = data.startTimeoutMs;
const _errs2 = errors;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
validate19.errors = [{instancePath:instancePath+"/startTimeoutMs",schemaPath:"#/properties/startTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs2){
if(typeof data0 == "number"){
if(data0 < 1 || isNaN(data0)){
validate19.errors = [{instancePath:instancePath+"/startTimeoutMs",schemaPath:"#/properties/startTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs2 === errors;
if(valid0){
let data1 = data.loadTimeoutMs;
const _errs4 = errors;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
validate19.errors = [{instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs4){
if(typeof data1 == "number"){
if(data1 < 1 || isNaN(data1)){
validate19.errors = [{instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs4 === errors;
if(valid0){
let data2 = data.drainTimeoutMs;
const _errs6 = errors;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
validate19.errors = [{instancePath:instancePath+"/drainTimeoutMs",schemaPath:"#/properties/drainTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs6){
if(typeof data2 == "number"){
if(data2 < 0 || isNaN(data2)){
validate19.errors = [{instancePath:instancePath+"/drainTimeoutMs",schemaPath:"#/properties/drainTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs6 === errors;
if(valid0){
let data3 = data.healthIntervalMs;
const _errs8 = errors;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
validate19.errors = [{instancePath:instancePath+"/healthIntervalMs",schemaPath:"#/properties/healthIntervalMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs8){
if(typeof data3 == "number"){
if(data3 < 100 || isNaN(data3)){
validate19.errors = [{instancePath:instancePath+"/healthIntervalMs",schemaPath:"#/properties/healthIntervalMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100}}];
return false;
}
}
}
var valid0 = _errs8 === errors;
if(valid0){
let data4 = data.healthTimeoutMs;
const _errs10 = errors;
if(!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))){
validate19.errors = [{instancePath:instancePath+"/healthTimeoutMs",schemaPath:"#/properties/healthTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs10){
if(typeof data4 == "number"){
if(data4 < 100 || isNaN(data4)){
validate19.errors = [{instancePath:instancePath+"/healthTimeoutMs",schemaPath:"#/properties/healthTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100}}];
return false;
}
}
}
var valid0 = _errs10 === errors;
if(valid0){
let data5 = data.audioTimeoutMs;
const _errs12 = errors;
if(!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))){
validate19.errors = [{instancePath:instancePath+"/audioTimeoutMs",schemaPath:"#/properties/audioTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs12){
if(typeof data5 == "number"){
if(data5 < 100 || isNaN(data5)){
validate19.errors = [{instancePath:instancePath+"/audioTimeoutMs",schemaPath:"#/properties/audioTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100}}];
return false;
}
}
}
var valid0 = _errs12 === errors;
if(valid0){
let data6 = data.cancelTimeoutMs;
const _errs14 = errors;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
validate19.errors = [{instancePath:instancePath+"/cancelTimeoutMs",schemaPath:"#/properties/cancelTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs14){
if(typeof data6 == "number"){
if(data6 < 100 || isNaN(data6)){
validate19.errors = [{instancePath:instancePath+"/cancelTimeoutMs",schemaPath:"#/properties/cancelTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100}}];
return false;
}
}
}
var valid0 = _errs14 === errors;
if(valid0){
let data7 = data.memoryIntervalMs;
const _errs16 = errors;
if(!((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7)))){
validate19.errors = [{instancePath:instancePath+"/memoryIntervalMs",schemaPath:"#/properties/memoryIntervalMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs16){
if(typeof data7 == "number"){
if(data7 < 100 || isNaN(data7)){
validate19.errors = [{instancePath:instancePath+"/memoryIntervalMs",schemaPath:"#/properties/memoryIntervalMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100}}];
return false;
}
}
}
var valid0 = _errs16 === errors;
if(valid0){
let data8 = data.parkForMs;
const _errs18 = errors;
if(!((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8)))){
validate19.errors = [{instancePath:instancePath+"/parkForMs",schemaPath:"#/properties/parkForMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs18){
if(typeof data8 == "number"){
if(data8 < 0 || isNaN(data8)){
validate19.errors = [{instancePath:instancePath+"/parkForMs",schemaPath:"#/properties/parkForMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs18 === errors;
if(valid0){
if(data.watch !== undefined){
const _errs20 = errors;
if(!(validate20(data.watch, {instancePath:instancePath+"/watch",parentData:data,parentDataProperty:"watch",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
errors = vErrors.length;
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.canary !== undefined){
const _errs21 = errors;
if(!(validate22(data.canary, {instancePath:instancePath+"/canary",parentData:data,parentDataProperty:"canary",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate19.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate19.errors = vErrors;
return errors === 0;
}
validate19.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema44 = config["$defs"]["MemoryConfig"];
const schema45 = config["$defs"]["MemoryBudget"];
const pattern15 = new RegExp("^(host|cuda:\\d+(/mig-\\d+)?)$", "u");
const pattern16 = new RegExp("^(100|\\d{1,2}(\\.\\d+)?)%$", "u");

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.budgets === undefined){
data.budgets = {};
}
const _errs1 = errors;
for(const key0 in data){
if(!(key0 === "budgets")){
validate25.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
let data0 = data.budgets;
const _errs2 = errors;
if(errors === _errs2){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(typeof key1 === "string"){
if(!pattern15.test(key1)){
const err0 = {instancePath:instancePath+"/budgets",schemaPath:"#/properties/budgets/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(host|cuda:\\d+(/mig-\\d+)?)$"},propertyName:key1};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
const err1 = {instancePath:instancePath+"/budgets",schemaPath:"#/properties/budgets/propertyNames",keyword:"propertyNames",params:{propertyName: key1}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
validate25.errors = vErrors;
return false;
break;
}
}
if(valid1){
for(const key2 in data0){
let data1 = data0[key2];
const _errs6 = errors;
const _errs8 = errors;
let valid4 = false;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data1 === "string"){
if(!pattern16.test(data1)){
const err2 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^(100|\\d{1,2}(\\.\\d+)?)%$"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs9 === errors;
valid4 = valid4 || _valid0;
const _errs11 = errors;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
const err4 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/1/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(errors === _errs11){
if(typeof data1 == "number"){
if(data1 < 0 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/1/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
var _valid0 = _errs11 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err6 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
validate25.errors = vErrors;
return false;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
var valid2 = _errs6 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/budgets",schemaPath:"#/properties/budgets/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="syrinx:config" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate0.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(func0.call(schema0.properties, key0))){
validate0.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.$schema !== undefined){
const _errs2 = errors;
if(typeof data.$schema !== "string"){
validate0.errors = [{instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.server !== undefined){
let data1 = data.server;
const _errs4 = errors;
const _errs5 = errors;
if(errors === _errs5){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.host === undefined){
data1.host = "127.0.0.1";
}
if(data1.port === undefined){
data1.port = 7851;
}
if(data1.tokens === undefined){
data1.tokens = [];
}
if(data1.allowedOrigins === undefined){
data1.allowedOrigins = [];
}
if(data1.stopTimeoutMs === undefined){
data1.stopTimeoutMs = 30000;
}
if(data1.publicVoices === undefined){
data1.publicVoices = false;
}
const _errs7 = errors;
for(const key1 in data1){
if(!((((((key1 === "host") || (key1 === "port")) || (key1 === "tokens")) || (key1 === "allowedOrigins")) || (key1 === "stopTimeoutMs")) || (key1 === "publicVoices"))){
validate0.errors = [{instancePath:instancePath+"/server",schemaPath:"#/$defs/ServerConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs7 === errors){
const _errs8 = errors;
if(typeof data1.host !== "string"){
validate0.errors = [{instancePath:instancePath+"/server/host",schemaPath:"#/$defs/ServerConfig/properties/host/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs8 === errors;
if(valid2){
let data3 = data1.port;
const _errs10 = errors;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
validate0.errors = [{instancePath:instancePath+"/server/port",schemaPath:"#/$defs/ServerConfig/properties/port/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs10){
if(typeof data3 == "number"){
if(data3 > 65535 || isNaN(data3)){
validate0.errors = [{instancePath:instancePath+"/server/port",schemaPath:"#/$defs/ServerConfig/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535}}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate0.errors = [{instancePath:instancePath+"/server/port",schemaPath:"#/$defs/ServerConfig/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
}
var valid2 = _errs10 === errors;
if(valid2){
let data4 = data1.tokens;
const _errs12 = errors;
if(errors === _errs12){
if(Array.isArray(data4)){
var valid3 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs14 = errors;
if(errors === _errs14){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing0;
if((((data5.name === undefined) && (missing0 = "name")) || ((data5.sha256 === undefined) && (missing0 = "sha256"))) || ((data5.scopes === undefined) && (missing0 = "scopes"))){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs16 = errors;
for(const key2 in data5){
if(!(((key2 === "name") || (key2 === "sha256")) || (key2 === "scopes"))){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}}];
return false;
break;
}
}
if(_errs16 === errors){
if(data5.name !== undefined){
let data6 = data5.name;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data6 === "string"){
if(func1(data6) < 1){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/name",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/name/minLength",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/name",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/name/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid4 = _errs17 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data5.sha256 !== undefined){
let data7 = data5.sha256;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data7 === "string"){
if(!pattern0.test(data7)){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/sha256",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"}}];
return false;
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/sha256",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/sha256/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid4 = _errs19 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data5.scopes !== undefined){
let data8 = data5.scopes;
const _errs21 = errors;
if(errors === _errs21){
if(Array.isArray(data8)){
if(data8.length < 1){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/scopes",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/minItems",keyword:"minItems",params:{limit: 1}}];
return false;
}
else {
var valid5 = true;
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
const _errs23 = errors;
if(typeof data9 !== "string"){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/scopes/" + i1,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data9 === "speak") || (data9 === "read")) || (data9 === "admin"))){
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/scopes/" + i1,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/items/enum",keyword:"enum",params:{allowedValues: schema1.properties.tokens.items.properties.scopes.items.enum}}];
return false;
}
var valid5 = _errs23 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0+"/scopes",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid4 = _errs21 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs14 === errors;
if(!valid3){
break;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/tokens",schemaPath:"#/$defs/ServerConfig/properties/tokens/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid2 = _errs12 === errors;
if(valid2){
let data10 = data1.allowedOrigins;
const _errs25 = errors;
if(errors === _errs25){
if(Array.isArray(data10)){
var valid6 = true;
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
const _errs27 = errors;
if(errors === _errs27){
if(typeof data11 === "string"){
if(!pattern1.test(data11)){
validate0.errors = [{instancePath:instancePath+"/server/allowedOrigins/" + i2,schemaPath:"#/$defs/ServerConfig/properties/allowedOrigins/items/pattern",keyword:"pattern",params:{pattern: "^https?://[^/]+$"}}];
return false;
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/allowedOrigins/" + i2,schemaPath:"#/$defs/ServerConfig/properties/allowedOrigins/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid6 = _errs27 === errors;
if(!valid6){
break;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server/allowedOrigins",schemaPath:"#/$defs/ServerConfig/properties/allowedOrigins/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid2 = _errs25 === errors;
if(valid2){
let data12 = data1.stopTimeoutMs;
const _errs29 = errors;
if(!((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12)))){
validate0.errors = [{instancePath:instancePath+"/server/stopTimeoutMs",schemaPath:"#/$defs/ServerConfig/properties/stopTimeoutMs/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs29){
if(typeof data12 == "number"){
if(data12 < 0 || isNaN(data12)){
validate0.errors = [{instancePath:instancePath+"/server/stopTimeoutMs",schemaPath:"#/$defs/ServerConfig/properties/stopTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid2 = _errs29 === errors;
if(valid2){
const _errs31 = errors;
if(typeof data1.publicVoices !== "boolean"){
validate0.errors = [{instancePath:instancePath+"/server/publicVoices",schemaPath:"#/$defs/ServerConfig/properties/publicVoices/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs31 === errors;
}
}
}
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/server",schemaPath:"#/$defs/ServerConfig/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.plugins !== undefined){
const _errs33 = errors;
if(!(validate1(data.plugins, {instancePath:instancePath+"/plugins",parentData:data,parentDataProperty:"plugins",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.models !== undefined){
let data15 = data.models;
const _errs34 = errors;
const _errs35 = errors;
if(errors === _errs35){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.paths === undefined){
data15.paths = [];
}
const _errs37 = errors;
for(const key3 in data15){
if(!(key3 === "paths")){
validate0.errors = [{instancePath:instancePath+"/models",schemaPath:"#/$defs/ModelsConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}}];
return false;
break;
}
}
if(_errs37 === errors){
let data16 = data15.paths;
const _errs38 = errors;
if(errors === _errs38){
if(Array.isArray(data16)){
var valid9 = true;
const len3 = data16.length;
for(let i3=0; i3<len3; i3++){
const _errs40 = errors;
if(typeof data16[i3] !== "string"){
validate0.errors = [{instancePath:instancePath+"/models/paths/" + i3,schemaPath:"#/$defs/ModelsConfig/properties/paths/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid9 = _errs40 === errors;
if(!valid9){
break;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/models/paths",schemaPath:"#/$defs/ModelsConfig/properties/paths/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/models",schemaPath:"#/$defs/ModelsConfig/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.speech !== undefined){
const _errs42 = errors;
if(!(validate11(data.speech, {instancePath:instancePath+"/speech",parentData:data,parentDataProperty:"speech",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var valid0 = _errs42 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sources !== undefined){
let data19 = data.sources;
const _errs43 = errors;
if(errors === _errs43){
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key4 in data19){
const _errs45 = errors;
const _errs46 = errors;
if(errors === _errs46){
if(typeof key4 === "string"){
if(!pattern7.test(key4)){
const err0 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/SourceName/pattern",keyword:"pattern",params:{pattern: "^(?!overrides$)[A-Za-z][A-Za-z0-9_-]{0,63}$"},propertyName:key4};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/SourceName/type",keyword:"type",params:{type: "string"},propertyName:key4};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid10 = _errs45 === errors;
if(!valid10){
const err2 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/propertyNames",keyword:"propertyNames",params:{propertyName: key4}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
validate0.errors = vErrors;
return false;
break;
}
}
if(valid10){
for(const key5 in data19){
const _errs49 = errors;
if(!(validate13(data19[key5], {instancePath:instancePath+"/sources/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data19,parentDataProperty:key5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
var valid12 = _errs49 === errors;
if(!valid12){
break;
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.voices !== undefined){
let data21 = data.voices;
const _errs50 = errors;
if(errors === _errs50){
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key6 in data21){
const _errs52 = errors;
const _errs53 = errors;
if(errors === _errs53){
if(typeof key6 === "string"){
if(!pattern9.test(key6)){
const err3 = {instancePath:instancePath+"/voices",schemaPath:"#/$defs/SlotName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},propertyName:key6};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/voices",schemaPath:"#/$defs/SlotName/type",keyword:"type",params:{type: "string"},propertyName:key6};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var valid13 = _errs52 === errors;
if(!valid13){
const err5 = {instancePath:instancePath+"/voices",schemaPath:"#/properties/voices/propertyNames",keyword:"propertyNames",params:{propertyName: key6}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
validate0.errors = vErrors;
return false;
break;
}
}
if(valid13){
for(const key7 in data21){
const _errs56 = errors;
if(!(validate15(data21[key7], {instancePath:instancePath+"/voices/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data21,parentDataProperty:key7,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
var valid15 = _errs56 === errors;
if(!valid15){
break;
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/voices",schemaPath:"#/properties/voices/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs50 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sinks !== undefined){
let data23 = data.sinks;
const _errs57 = errors;
if(errors === _errs57){
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
for(const key8 in data23){
const _errs59 = errors;
const _errs60 = errors;
if(errors === _errs60){
if(typeof key8 === "string"){
if(!pattern9.test(key8)){
const err6 = {instancePath:instancePath+"/sinks",schemaPath:"#/$defs/SlotName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},propertyName:key8};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/sinks",schemaPath:"#/$defs/SlotName/type",keyword:"type",params:{type: "string"},propertyName:key8};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var valid16 = _errs59 === errors;
if(!valid16){
const err8 = {instancePath:instancePath+"/sinks",schemaPath:"#/properties/sinks/propertyNames",keyword:"propertyNames",params:{propertyName: key8}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
validate0.errors = vErrors;
return false;
break;
}
}
if(valid16){
for(const key9 in data23){
const _errs63 = errors;
if(!(validate17(data23[key9], {instancePath:instancePath+"/sinks/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data23,parentDataProperty:key9,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors);
errors = vErrors.length;
}
var valid18 = _errs63 === errors;
if(!valid18){
break;
}
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/sinks",schemaPath:"#/properties/sinks/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs57 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.swap !== undefined){
const _errs64 = errors;
if(!(validate19(data.swap, {instancePath:instancePath+"/swap",parentData:data,parentDataProperty:"swap",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
errors = vErrors.length;
}
var valid0 = _errs64 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.memory !== undefined){
const _errs65 = errors;
if(!(validate25(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid0 = _errs65 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.journal !== undefined){
let data27 = data.journal;
const _errs66 = errors;
const _errs67 = errors;
if(errors === _errs67){
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.keepVersions === undefined){
data27.keepVersions = 100;
}
if(data27.keepSnapshots === undefined){
data27.keepSnapshots = 20;
}
const _errs69 = errors;
for(const key10 in data27){
if(!((key10 === "keepVersions") || (key10 === "keepSnapshots"))){
validate0.errors = [{instancePath:instancePath+"/journal",schemaPath:"#/$defs/JournalConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10}}];
return false;
break;
}
}
if(_errs69 === errors){
let data28 = data27.keepVersions;
const _errs70 = errors;
if(!((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28)))){
validate0.errors = [{instancePath:instancePath+"/journal/keepVersions",schemaPath:"#/$defs/JournalConfig/properties/keepVersions/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs70){
if(typeof data28 == "number"){
if(data28 > 100000 || isNaN(data28)){
validate0.errors = [{instancePath:instancePath+"/journal/keepVersions",schemaPath:"#/$defs/JournalConfig/properties/keepVersions/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000}}];
return false;
}
else {
if(data28 < 1 || isNaN(data28)){
validate0.errors = [{instancePath:instancePath+"/journal/keepVersions",schemaPath:"#/$defs/JournalConfig/properties/keepVersions/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
var valid20 = _errs70 === errors;
if(valid20){
let data29 = data27.keepSnapshots;
const _errs72 = errors;
if(!((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29)))){
validate0.errors = [{instancePath:instancePath+"/journal/keepSnapshots",schemaPath:"#/$defs/JournalConfig/properties/keepSnapshots/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs72){
if(typeof data29 == "number"){
if(data29 > 10000 || isNaN(data29)){
validate0.errors = [{instancePath:instancePath+"/journal/keepSnapshots",schemaPath:"#/$defs/JournalConfig/properties/keepSnapshots/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000}}];
return false;
}
else {
if(data29 < 1 || isNaN(data29)){
validate0.errors = [{instancePath:instancePath+"/journal/keepSnapshots",schemaPath:"#/$defs/JournalConfig/properties/keepSnapshots/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
var valid20 = _errs72 === errors;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/journal",schemaPath:"#/$defs/JournalConfig/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs66 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.log !== undefined){
let data30 = data.log;
const _errs74 = errors;
if(errors === _errs74){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.level === undefined){
data30.level = "info";
}
const _errs76 = errors;
for(const key11 in data30){
if(!(key11 === "level")){
validate0.errors = [{instancePath:instancePath+"/log",schemaPath:"#/properties/log/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11}}];
return false;
break;
}
}
if(_errs76 === errors){
let data31 = data30.level;
if(typeof data31 !== "string"){
validate0.errors = [{instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data31 === "debug") || (data31 === "info")) || (data31 === "warn")) || (data31 === "error"))){
validate0.errors = [{instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/enum",keyword:"enum",params:{allowedValues: schema0.properties.log.properties.level.enum}}];
return false;
}
}
}
else {
validate0.errors = [{instancePath:instancePath+"/log",schemaPath:"#/properties/log/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs74 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate0.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
return validate0;
}
