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
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
const _errs2 = errors;
let valid2 = false;
const _errs3 = errors;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/NetAddress/pattern",keyword:"pattern",params:{pattern: "^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$"},message:"must match pattern \""+"^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$"+"\"",schema:"^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$",parentSchema:schema11,data:data0};
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
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/NetAddress/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.type,parentSchema:schema11,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid2 = valid2 || _valid0;
const _errs6 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.allow === undefined){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf/1/required",keyword:"required",params:{missingProperty: "allow"},message:"must have required property '"+"allow"+"'",schema:schema10.items.anyOf[1].required,parentSchema:schema10.items.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data0){
if(!((key0 === "allow") || (key0 === "reason"))){
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema10.items.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data0.allow !== undefined){
let data1 = data0.allow;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err4 = {instancePath:instancePath+"/" + i0+"/allow",schemaPath:"#/$defs/NetAddress/pattern",keyword:"pattern",params:{pattern: "^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$"},message:"must match pattern \""+"^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$"+"\"",schema:"^(\\$SETTINGS\\.[A-Za-z0-9_]+|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+\\](:\\d{1,5})?)$",parentSchema:schema11,data:data1};
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
const err5 = {instancePath:instancePath+"/" + i0+"/allow",schemaPath:"#/$defs/NetAddress/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.type,parentSchema:schema11,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.reason !== undefined){
let data2 = data0.reason;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/" + i0+"/reason",schemaPath:"#/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema10.items.anyOf[1].properties.reason.type,parentSchema:schema10.items.anyOf[1].properties.reason,data:data2};
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
const err7 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema10.items.anyOf[1].type,parentSchema:schema10.items.anyOf[1],data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err8 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema10.items.anyOf,parentSchema:schema10.items,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
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
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema10.type,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "read") || (key0 === "write")) || (key0 === "net")) || (key0 === "run")) || (key0 === "env")) || (key0 === "device"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.read !== undefined){
let data0 = data.read;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs6 = errors;
let valid4 = false;
const _errs7 = errors;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err1 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[0].type,parentSchema:schema8.items.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid4 = valid4 || _valid0;
const _errs9 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.allow === undefined){
const err3 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: "allow"},message:"must have required property '"+"allow"+"'",schema:schema8.items.anyOf[1].required,parentSchema:schema8.items.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "allow") || (key1 === "reason"))){
const err4 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema8.items.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data1.allow !== undefined){
let data2 = data1.allow;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err5 = {instancePath:instancePath+"/read/" + i0+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[1].properties.allow,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/read/" + i0+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.allow.type,parentSchema:schema8.items.anyOf[1].properties.allow,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.reason !== undefined){
let data3 = data1.reason;
if(typeof data3 !== "string"){
const err7 = {instancePath:instancePath+"/read/" + i0+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.reason.type,parentSchema:schema8.items.anyOf[1].properties.reason,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.items.anyOf[1].type,parentSchema:schema8.items.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs9 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err9 = {instancePath:instancePath+"/read/" + i0,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema8.items.anyOf,parentSchema:schema8.items,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
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
}
}
else {
const err10 = {instancePath:instancePath+"/read",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.type,parentSchema:schema8,data:data0};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.write !== undefined){
let data4 = data.write;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
const _errs20 = errors;
let valid9 = false;
const _errs21 = errors;
if(typeof data5 === "string"){
if(func1(data5) < 1){
const err11 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[0],data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[0].type,parentSchema:schema8.items.anyOf[0],data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid1 = _errs21 === errors;
valid9 = valid9 || _valid1;
const _errs23 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.allow === undefined){
const err13 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: "allow"},message:"must have required property '"+"allow"+"'",schema:schema8.items.anyOf[1].required,parentSchema:schema8.items.anyOf[1],data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data5){
if(!((key2 === "allow") || (key2 === "reason"))){
const err14 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema8.items.anyOf[1],data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.allow !== undefined){
let data6 = data5.allow;
if(typeof data6 === "string"){
if(func1(data6) < 1){
const err15 = {instancePath:instancePath+"/write/" + i1+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[1].properties.allow,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/write/" + i1+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.allow.type,parentSchema:schema8.items.anyOf[1].properties.allow,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.reason !== undefined){
let data7 = data5.reason;
if(typeof data7 !== "string"){
const err17 = {instancePath:instancePath+"/write/" + i1+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.reason.type,parentSchema:schema8.items.anyOf[1].properties.reason,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.items.anyOf[1].type,parentSchema:schema8.items.anyOf[1],data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid1 = _errs23 === errors;
valid9 = valid9 || _valid1;
if(!valid9){
const err19 = {instancePath:instancePath+"/write/" + i1,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema8.items.anyOf,parentSchema:schema8.items,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
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
}
}
else {
const err20 = {instancePath:instancePath+"/write",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.type,parentSchema:schema8,data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.net !== undefined){
if(!(validate4(data.net, {instancePath:instancePath+"/net",parentData:data,parentDataProperty:"net",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate4.errors : vErrors.concat(validate4.errors);
errors = vErrors.length;
}
}
if(data.run !== undefined){
let data9 = data.run;
if(Array.isArray(data9)){
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
const _errs35 = errors;
let valid14 = false;
const _errs36 = errors;
if(typeof data10 === "string"){
if(func1(data10) < 1){
const err21 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[0].type,parentSchema:schema8.items.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var _valid2 = _errs36 === errors;
valid14 = valid14 || _valid2;
const _errs38 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.allow === undefined){
const err23 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: "allow"},message:"must have required property '"+"allow"+"'",schema:schema8.items.anyOf[1].required,parentSchema:schema8.items.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key3 in data10){
if(!((key3 === "allow") || (key3 === "reason"))){
const err24 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema8.items.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data10.allow !== undefined){
let data11 = data10.allow;
if(typeof data11 === "string"){
if(func1(data11) < 1){
const err25 = {instancePath:instancePath+"/run/" + i2+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[1].properties.allow,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/run/" + i2+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.allow.type,parentSchema:schema8.items.anyOf[1].properties.allow,data:data11};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data10.reason !== undefined){
let data12 = data10.reason;
if(typeof data12 !== "string"){
const err27 = {instancePath:instancePath+"/run/" + i2+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.reason.type,parentSchema:schema8.items.anyOf[1].properties.reason,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.items.anyOf[1].type,parentSchema:schema8.items.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
var _valid2 = _errs38 === errors;
valid14 = valid14 || _valid2;
if(!valid14){
const err29 = {instancePath:instancePath+"/run/" + i2,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema8.items.anyOf,parentSchema:schema8.items,data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
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
}
}
else {
const err30 = {instancePath:instancePath+"/run",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.type,parentSchema:schema8,data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.env !== undefined){
let data13 = data.env;
if(Array.isArray(data13)){
const len3 = data13.length;
for(let i3=0; i3<len3; i3++){
let data14 = data13[i3];
const _errs49 = errors;
let valid19 = false;
const _errs50 = errors;
if(typeof data14 === "string"){
if(func1(data14) < 1){
const err31 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[0],data:data14};
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
const err32 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[0].type,parentSchema:schema8.items.anyOf[0],data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
var _valid3 = _errs50 === errors;
valid19 = valid19 || _valid3;
const _errs52 = errors;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.allow === undefined){
const err33 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: "allow"},message:"must have required property '"+"allow"+"'",schema:schema8.items.anyOf[1].required,parentSchema:schema8.items.anyOf[1],data:data14};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key4 in data14){
if(!((key4 === "allow") || (key4 === "reason"))){
const err34 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema8.items.anyOf[1],data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data14.allow !== undefined){
let data15 = data14.allow;
if(typeof data15 === "string"){
if(func1(data15) < 1){
const err35 = {instancePath:instancePath+"/env/" + i3+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[1].properties.allow,data:data15};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/env/" + i3+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.allow.type,parentSchema:schema8.items.anyOf[1].properties.allow,data:data15};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data14.reason !== undefined){
let data16 = data14.reason;
if(typeof data16 !== "string"){
const err37 = {instancePath:instancePath+"/env/" + i3+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.reason.type,parentSchema:schema8.items.anyOf[1].properties.reason,data:data16};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.items.anyOf[1].type,parentSchema:schema8.items.anyOf[1],data:data14};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
var _valid3 = _errs52 === errors;
valid19 = valid19 || _valid3;
if(!valid19){
const err39 = {instancePath:instancePath+"/env/" + i3,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema8.items.anyOf,parentSchema:schema8.items,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
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
}
}
else {
const err40 = {instancePath:instancePath+"/env",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.type,parentSchema:schema8,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.device !== undefined){
let data17 = data.device;
if(Array.isArray(data17)){
const len4 = data17.length;
for(let i4=0; i4<len4; i4++){
let data18 = data17[i4];
const _errs63 = errors;
let valid24 = false;
const _errs64 = errors;
if(typeof data18 === "string"){
if(func1(data18) < 1){
const err41 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[0],data:data18};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[0].type,parentSchema:schema8.items.anyOf[0],data:data18};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
var _valid4 = _errs64 === errors;
valid24 = valid24 || _valid4;
const _errs66 = errors;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.allow === undefined){
const err43 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/1/required",keyword:"required",params:{missingProperty: "allow"},message:"must have required property '"+"allow"+"'",schema:schema8.items.anyOf[1].required,parentSchema:schema8.items.anyOf[1],data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
for(const key5 in data18){
if(!((key5 === "allow") || (key5 === "reason"))){
const err44 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema8.items.anyOf[1],data:data18};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data18.allow !== undefined){
let data19 = data18.allow;
if(typeof data19 === "string"){
if(func1(data19) < 1){
const err45 = {instancePath:instancePath+"/device/" + i4+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema8.items.anyOf[1].properties.allow,data:data19};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/device/" + i4+"/allow",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/allow/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.allow.type,parentSchema:schema8.items.anyOf[1].properties.allow,data:data19};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data18.reason !== undefined){
let data20 = data18.reason;
if(typeof data20 !== "string"){
const err47 = {instancePath:instancePath+"/device/" + i4+"/reason",schemaPath:"#/$defs/PermissionList/items/anyOf/1/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.items.anyOf[1].properties.reason.type,parentSchema:schema8.items.anyOf[1].properties.reason,data:data20};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.items.anyOf[1].type,parentSchema:schema8.items.anyOf[1],data:data18};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid4 = _errs66 === errors;
valid24 = valid24 || _valid4;
if(!valid24){
const err49 = {instancePath:instancePath+"/device/" + i4,schemaPath:"#/$defs/PermissionList/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema8.items.anyOf,parentSchema:schema8.items,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
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
}
}
else {
const err50 = {instancePath:instancePath+"/device",schemaPath:"#/$defs/PermissionList/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.type,parentSchema:schema8,data:data17};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.type,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "paths") || (key0 === "grants")) || (key0 === "sandbox")) || (key0 === "maxProcesses"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema2,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.paths !== undefined){
let data0 = data.paths;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err1 = {instancePath:instancePath+"/paths/" + i0,schemaPath:"#/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema2.properties.paths.items.type,parentSchema:schema2.properties.paths.items,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema2.properties.paths.type,parentSchema:schema2.properties.paths,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.grants !== undefined){
let data2 = data.grants;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(validate7(data2[key1], {instancePath:instancePath+"/grants/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate7.errors : vErrors.concat(validate7.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/grants",schemaPath:"#/properties/grants/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema2.properties.grants.type,parentSchema:schema2.properties.grants,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.sandbox !== undefined){
let data4 = data.sandbox;
if(typeof data4 !== "string"){
const err4 = {instancePath:instancePath+"/sandbox",schemaPath:"#/properties/sandbox/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema2.properties.sandbox.type,parentSchema:schema2.properties.sandbox,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!((data4 === "auto") || (data4 === "require"))){
const err5 = {instancePath:instancePath+"/sandbox",schemaPath:"#/properties/sandbox/enum",keyword:"enum",params:{allowedValues: schema2.properties.sandbox.enum},message:"must be equal to one of the allowed values",schema:schema2.properties.sandbox.enum,parentSchema:schema2.properties.sandbox,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.maxProcesses !== undefined){
let data5 = data.maxProcesses;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err6 = {instancePath:instancePath+"/maxProcesses",schemaPath:"#/properties/maxProcesses/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema2.properties.maxProcesses.type,parentSchema:schema2.properties.maxProcesses,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 16 || isNaN(data5)){
const err7 = {instancePath:instancePath+"/maxProcesses",schemaPath:"#/properties/maxProcesses/minimum",keyword:"minimum",params:{comparison: ">=", limit: 16},message:"must be >= 16",schema:16,parentSchema:schema2.properties.maxProcesses,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema2.type,parentSchema:schema2,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "defaultVoice") || (key0 === "aliases")) || (key0 === "maxCharacters")) || (key0 === "maxQueue")) || (key0 === "loadTimeoutMs")) || (key0 === "cores")) || (key0 === "loudness"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.defaultVoice !== undefined){
let data0 = data.defaultVoice;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/defaultVoice",schemaPath:"#/properties/defaultVoice/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.defaultVoice.type,parentSchema:schema24.properties.defaultVoice,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.aliases !== undefined){
let data1 = data.aliases;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
let data2 = data1[key1];
if(typeof data2 !== "string"){
const err2 = {instancePath:instancePath+"/aliases/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.aliases.additionalProperties.type,parentSchema:schema24.properties.aliases.additionalProperties,data:data2};
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
else {
const err3 = {instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.properties.aliases.type,parentSchema:schema24.properties.aliases,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.maxCharacters !== undefined){
let data3 = data.maxCharacters;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err4 = {instancePath:instancePath+"/maxCharacters",schemaPath:"#/properties/maxCharacters/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.maxCharacters.type,parentSchema:schema24.properties.maxCharacters,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000 || isNaN(data3)){
const err5 = {instancePath:instancePath+"/maxCharacters",schemaPath:"#/properties/maxCharacters/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema24.properties.maxCharacters,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err6 = {instancePath:instancePath+"/maxCharacters",schemaPath:"#/properties/maxCharacters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.maxCharacters,data:data3};
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
if(data.maxQueue !== undefined){
let data4 = data.maxQueue;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err7 = {instancePath:instancePath+"/maxQueue",schemaPath:"#/properties/maxQueue/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.maxQueue.type,parentSchema:schema24.properties.maxQueue,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
const err8 = {instancePath:instancePath+"/maxQueue",schemaPath:"#/properties/maxQueue/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.maxQueue,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.loadTimeoutMs !== undefined){
let data5 = data.loadTimeoutMs;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err9 = {instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.loadTimeoutMs.type,parentSchema:schema24.properties.loadTimeoutMs,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err10 = {instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema24.properties.loadTimeoutMs,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.cores !== undefined){
let data6 = data.cores;
const _errs16 = errors;
let valid2 = false;
const _errs17 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err11 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.cores.anyOf[0].type,parentSchema:schema24.properties.cores.anyOf[0],data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1024 || isNaN(data6)){
const err12 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024",schema:1024,parentSchema:schema24.properties.cores.anyOf[0],data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err13 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.cores.anyOf[0],data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid0 = _errs17 === errors;
valid2 = valid2 || _valid0;
const _errs19 = errors;
if("auto" !== data6){
const err14 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf/1/const",keyword:"const",params:{allowedValue: "auto"},message:"must be equal to constant",schema:"auto",parentSchema:schema24.properties.cores.anyOf[1],data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err15 = {instancePath:instancePath+"/cores",schemaPath:"#/properties/cores/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema24.properties.cores.anyOf,parentSchema:schema24.properties.cores,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
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
}
if(data.loudness !== undefined){
let data7 = data.loudness;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key2 in data7){
if(!((key2 === "target") || (key2 === "ceiling"))){
const err16 = {instancePath:instancePath+"/loudness",schemaPath:"#/$defs/LoudnessConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema25,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.target !== undefined){
let data8 = data7.target;
const _errs25 = errors;
let valid5 = false;
const _errs26 = errors;
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > -10 || isNaN(data8)){
const err17 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: -10},message:"must be <= -10",schema:-10,parentSchema:schema25.properties.target.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data8 < -40 || isNaN(data8)){
const err18 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: -40},message:"must be >= -40",schema:-40,parentSchema:schema25.properties.target.anyOf[0],data:data8};
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
const err19 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/0/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema25.properties.target.anyOf[0].type,parentSchema:schema25.properties.target.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid1 = _errs26 === errors;
valid5 = valid5 || _valid1;
const _errs28 = errors;
if(typeof data8 !== "string"){
const err20 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/1/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.target.anyOf[1].type,parentSchema:schema25.properties.target.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if("off" !== data8){
const err21 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf/1/const",keyword:"const",params:{allowedValue: "off"},message:"must be equal to constant",schema:"off",parentSchema:schema25.properties.target.anyOf[1],data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid1 = _errs28 === errors;
valid5 = valid5 || _valid1;
if(!valid5){
const err22 = {instancePath:instancePath+"/loudness/target",schemaPath:"#/$defs/LoudnessConfig/properties/target/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema25.properties.target.anyOf,parentSchema:schema25.properties.target,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
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
}
if(data7.ceiling !== undefined){
let data9 = data7.ceiling;
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 0 || isNaN(data9)){
const err23 = {instancePath:instancePath+"/loudness/ceiling",schemaPath:"#/$defs/LoudnessConfig/properties/ceiling/maximum",keyword:"maximum",params:{comparison: "<=", limit: 0},message:"must be <= 0",schema:0,parentSchema:schema25.properties.ceiling,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data9 < -20 || isNaN(data9)){
const err24 = {instancePath:instancePath+"/loudness/ceiling",schemaPath:"#/$defs/LoudnessConfig/properties/ceiling/minimum",keyword:"minimum",params:{comparison: ">=", limit: -20},message:"must be >= -20",schema:-20,parentSchema:schema25.properties.ceiling,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/loudness/ceiling",schemaPath:"#/$defs/LoudnessConfig/properties/ceiling/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema25.properties.ceiling.type,parentSchema:schema25.properties.ceiling,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/loudness",schemaPath:"#/$defs/LoudnessConfig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data:data7};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.plugin === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "plugin"},message:"must have required property '"+"plugin"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "plugin") || (key0 === "settings")) || (key0 === "force"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.plugin !== undefined){
let data0 = data.plugin;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
const err2 = {instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$",parentSchema:schema28,data:data0};
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
const err3 = {instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.type,parentSchema:schema28,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.settings !== undefined){
let data1 = data.settings;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err4 = {instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.properties.settings.type,parentSchema:schema27.properties.settings,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.force !== undefined){
let data2 = data.force;
if(typeof data2 !== "boolean"){
const err5 = {instancePath:instancePath+"/force",schemaPath:"#/properties/force/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema27.properties.force.type,parentSchema:schema27.properties.force,data:data2};
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
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.plugin === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "plugin"},message:"must have required property '"+"plugin"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "plugin") || (key0 === "model")) || (key0 === "device")) || (key0 === "settings")) || (key0 === "load")) || (key0 === "idleUnloadMs")) || (key0 === "memoryLimitBytes"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.plugin !== undefined){
let data0 = data.plugin;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
const err2 = {instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$",parentSchema:schema28,data:data0};
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
const err3 = {instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.type,parentSchema:schema28,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
if(typeof data1 === "string"){
if(!pattern8.test(data1)){
const err4 = {instancePath:instancePath+"/model",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$",parentSchema:schema28,data:data1};
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
const err5 = {instancePath:instancePath+"/model",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.type,parentSchema:schema28,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.device !== undefined){
let data2 = data.device;
if(typeof data2 === "string"){
if(!pattern12.test(data2)){
const err6 = {instancePath:instancePath+"/device",schemaPath:"#/properties/device/pattern",keyword:"pattern",params:{pattern: "^(auto|cpu|cuda(:\\d+)?)$"},message:"must match pattern \""+"^(auto|cpu|cuda(:\\d+)?)$"+"\"",schema:"^(auto|cpu|cuda(:\\d+)?)$",parentSchema:schema30.properties.device,data:data2};
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
const err7 = {instancePath:instancePath+"/device",schemaPath:"#/properties/device/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.device.type,parentSchema:schema30.properties.device,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.settings !== undefined){
let data3 = data.settings;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err8 = {instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.properties.settings.type,parentSchema:schema30.properties.settings,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.load !== undefined){
let data4 = data.load;
if(typeof data4 !== "string"){
const err9 = {instancePath:instancePath+"/load",schemaPath:"#/properties/load/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.load.type,parentSchema:schema30.properties.load,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!((data4 === "eager") || (data4 === "on-demand"))){
const err10 = {instancePath:instancePath+"/load",schemaPath:"#/properties/load/enum",keyword:"enum",params:{allowedValues: schema30.properties.load.enum},message:"must be equal to one of the allowed values",schema:schema30.properties.load.enum,parentSchema:schema30.properties.load,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.idleUnloadMs !== undefined){
let data5 = data.idleUnloadMs;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err11 = {instancePath:instancePath+"/idleUnloadMs",schemaPath:"#/properties/idleUnloadMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema30.properties.idleUnloadMs.type,parentSchema:schema30.properties.idleUnloadMs,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err12 = {instancePath:instancePath+"/idleUnloadMs",schemaPath:"#/properties/idleUnloadMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema30.properties.idleUnloadMs,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.memoryLimitBytes !== undefined){
let data6 = data.memoryLimitBytes;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err13 = {instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.type,parentSchema:schema33,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 1 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.plugin === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "plugin"},message:"must have required property '"+"plugin"+"'",schema:schema35.required,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "plugin") || (key0 === "format")) || (key0 === "settings")) || (key0 === "memoryLimitBytes"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.plugin !== undefined){
let data0 = data.plugin;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
const err2 = {instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@.+)?$",parentSchema:schema28,data:data0};
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
const err3 = {instancePath:instancePath+"/plugin",schemaPath:"#/$defs/ReleaseRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.type,parentSchema:schema28,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.format !== undefined){
let data1 = data.format;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/AudioFormat/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.type,parentSchema:schema37,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!(((data1 === "mp3") || (data1 === "wav")) || (data1 === "pcm"))){
const err5 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/AudioFormat/enum",keyword:"enum",params:{allowedValues: schema37.enum},message:"must be equal to one of the allowed values",schema:schema37.enum,parentSchema:schema37,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.settings !== undefined){
let data2 = data.settings;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err6 = {instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.settings.type,parentSchema:schema35.properties.settings,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.memoryLimitBytes !== undefined){
let data3 = data.memoryLimitBytes;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err7 = {instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.type,parentSchema:schema33,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 1 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/memoryLimitBytes",schemaPath:"#/$defs/MemoryLimit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "windowMs") || (key0 === "minRequests")) || (key0 === "maxErrorRate"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.windowMs !== undefined){
let data0 = data.windowMs;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema40.properties.windowMs.type,parentSchema:schema40.properties.windowMs,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema40.properties.windowMs,data:data0};
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
if(data.minRequests !== undefined){
let data1 = data.minRequests;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema40.properties.minRequests.type,parentSchema:schema40.properties.minRequests,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema40.properties.minRequests,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.maxErrorRate !== undefined){
let data2 = data.maxErrorRate;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema41,data:data2};
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
const err7 = {instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema41.type,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "percent") || (key0 === "minRequests")) || (key0 === "maxErrorRate")) || (key0 === "windowMs"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.percent !== undefined){
let data0 = data.percent;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100 || isNaN(data0)){
const err1 = {instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema42.properties.percent,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema42.properties.percent,data:data0};
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
const err3 = {instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema42.properties.percent.type,parentSchema:schema42.properties.percent,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.minRequests !== undefined){
let data1 = data.minRequests;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.minRequests.type,parentSchema:schema42.properties.minRequests,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/minRequests",schemaPath:"#/properties/minRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema42.properties.minRequests,data:data1};
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
if(data.maxErrorRate !== undefined){
let data2 = data.maxErrorRate;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/maxErrorRate",schemaPath:"#/$defs/ErrorRate/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema41.type,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.windowMs !== undefined){
let data3 = data.windowMs;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err9 = {instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.windowMs.type,parentSchema:schema42.properties.windowMs,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/windowMs",schemaPath:"#/properties/windowMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema42.properties.windowMs,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func0.call(schema39.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.startTimeoutMs !== undefined){
let data0 = data.startTimeoutMs;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/startTimeoutMs",schemaPath:"#/properties/startTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.startTimeoutMs.type,parentSchema:schema39.properties.startTimeoutMs,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/startTimeoutMs",schemaPath:"#/properties/startTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.startTimeoutMs,data:data0};
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
if(data.loadTimeoutMs !== undefined){
let data1 = data.loadTimeoutMs;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.loadTimeoutMs.type,parentSchema:schema39.properties.loadTimeoutMs,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/loadTimeoutMs",schemaPath:"#/properties/loadTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.loadTimeoutMs,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.drainTimeoutMs !== undefined){
let data2 = data.drainTimeoutMs;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/drainTimeoutMs",schemaPath:"#/properties/drainTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.drainTimeoutMs.type,parentSchema:schema39.properties.drainTimeoutMs,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/drainTimeoutMs",schemaPath:"#/properties/drainTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema39.properties.drainTimeoutMs,data:data2};
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
if(data.healthIntervalMs !== undefined){
let data3 = data.healthIntervalMs;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err7 = {instancePath:instancePath+"/healthIntervalMs",schemaPath:"#/properties/healthIntervalMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.healthIntervalMs.type,parentSchema:schema39.properties.healthIntervalMs,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 100 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/healthIntervalMs",schemaPath:"#/properties/healthIntervalMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema39.properties.healthIntervalMs,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.healthTimeoutMs !== undefined){
let data4 = data.healthTimeoutMs;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err9 = {instancePath:instancePath+"/healthTimeoutMs",schemaPath:"#/properties/healthTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.healthTimeoutMs.type,parentSchema:schema39.properties.healthTimeoutMs,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 100 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/healthTimeoutMs",schemaPath:"#/properties/healthTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema39.properties.healthTimeoutMs,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.audioTimeoutMs !== undefined){
let data5 = data.audioTimeoutMs;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err11 = {instancePath:instancePath+"/audioTimeoutMs",schemaPath:"#/properties/audioTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.audioTimeoutMs.type,parentSchema:schema39.properties.audioTimeoutMs,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 100 || isNaN(data5)){
const err12 = {instancePath:instancePath+"/audioTimeoutMs",schemaPath:"#/properties/audioTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema39.properties.audioTimeoutMs,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.cancelTimeoutMs !== undefined){
let data6 = data.cancelTimeoutMs;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err13 = {instancePath:instancePath+"/cancelTimeoutMs",schemaPath:"#/properties/cancelTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.cancelTimeoutMs.type,parentSchema:schema39.properties.cancelTimeoutMs,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 100 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/cancelTimeoutMs",schemaPath:"#/properties/cancelTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema39.properties.cancelTimeoutMs,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.memoryIntervalMs !== undefined){
let data7 = data.memoryIntervalMs;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err15 = {instancePath:instancePath+"/memoryIntervalMs",schemaPath:"#/properties/memoryIntervalMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.memoryIntervalMs.type,parentSchema:schema39.properties.memoryIntervalMs,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 100 || isNaN(data7)){
const err16 = {instancePath:instancePath+"/memoryIntervalMs",schemaPath:"#/properties/memoryIntervalMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema39.properties.memoryIntervalMs,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.parkForMs !== undefined){
let data8 = data.parkForMs;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err17 = {instancePath:instancePath+"/parkForMs",schemaPath:"#/properties/parkForMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.parkForMs.type,parentSchema:schema39.properties.parkForMs,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
const err18 = {instancePath:instancePath+"/parkForMs",schemaPath:"#/properties/parkForMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema39.properties.parkForMs,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data.watch !== undefined){
if(!(validate20(data.watch, {instancePath:instancePath+"/watch",parentData:data,parentDataProperty:"watch",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
errors = vErrors.length;
}
}
if(data.canary !== undefined){
if(!(validate22(data.canary, {instancePath:instancePath+"/canary",parentData:data,parentDataProperty:"canary",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "budgets")){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.budgets !== undefined){
let data0 = data.budgets;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(typeof key1 === "string"){
if(!pattern15.test(key1)){
const err1 = {instancePath:instancePath+"/budgets",schemaPath:"#/properties/budgets/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(host|cuda:\\d+(/mig-\\d+)?)$"},message:"must match pattern \""+"^(host|cuda:\\d+(/mig-\\d+)?)$"+"\"",schema:"^(host|cuda:\\d+(/mig-\\d+)?)$",parentSchema:schema44.properties.budgets.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid1 = _errs4 === errors;
if(!valid1){
const err2 = {instancePath:instancePath+"/budgets",schemaPath:"#/properties/budgets/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema44.properties.budgets.propertyNames,parentSchema:schema44.properties.budgets,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key2 in data0){
let data1 = data0[key2];
const _errs8 = errors;
let valid4 = false;
const _errs9 = errors;
if(typeof data1 === "string"){
if(!pattern16.test(data1)){
const err3 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^(100|\\d{1,2}(\\.\\d+)?)%$"},message:"must match pattern \""+"^(100|\\d{1,2}(\\.\\d+)?)%$"+"\"",schema:"^(100|\\d{1,2}(\\.\\d+)?)%$",parentSchema:schema45.anyOf[0],data:data1};
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
const err4 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.anyOf[0].type,parentSchema:schema45.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs9 === errors;
valid4 = valid4 || _valid0;
const _errs11 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err5 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/1/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema45.anyOf[1].type,parentSchema:schema45.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf/1/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema45.anyOf[1],data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var _valid0 = _errs11 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err7 = {instancePath:instancePath+"/budgets/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/MemoryBudget/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema45.anyOf,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
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
}
}
else {
const err8 = {instancePath:instancePath+"/budgets",schemaPath:"#/properties/budgets/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.properties.budgets.type,parentSchema:schema44.properties.budgets,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
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
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func0.call(schema0.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema0,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema0.properties.$schema.type,parentSchema:schema0.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.server !== undefined){
let data1 = data.server;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!((((((key1 === "host") || (key1 === "port")) || (key1 === "tokens")) || (key1 === "allowedOrigins")) || (key1 === "stopTimeoutMs")) || (key1 === "publicVoices"))){
const err2 = {instancePath:instancePath+"/server",schemaPath:"#/$defs/ServerConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema1,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.host !== undefined){
let data2 = data1.host;
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/server/host",schemaPath:"#/$defs/ServerConfig/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.host.type,parentSchema:schema1.properties.host,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.port !== undefined){
let data3 = data1.port;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err4 = {instancePath:instancePath+"/server/port",schemaPath:"#/$defs/ServerConfig/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema1.properties.port.type,parentSchema:schema1.properties.port,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 65535 || isNaN(data3)){
const err5 = {instancePath:instancePath+"/server/port",schemaPath:"#/$defs/ServerConfig/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema1.properties.port,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err6 = {instancePath:instancePath+"/server/port",schemaPath:"#/$defs/ServerConfig/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema1.properties.port,data:data3};
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
if(data1.tokens !== undefined){
let data4 = data1.tokens;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.name === undefined){
const err7 = {instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema1.properties.tokens.items.required,parentSchema:schema1.properties.tokens.items,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data5.sha256 === undefined){
const err8 = {instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/required",keyword:"required",params:{missingProperty: "sha256"},message:"must have required property '"+"sha256"+"'",schema:schema1.properties.tokens.items.required,parentSchema:schema1.properties.tokens.items,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data5.scopes === undefined){
const err9 = {instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/required",keyword:"required",params:{missingProperty: "scopes"},message:"must have required property '"+"scopes"+"'",schema:schema1.properties.tokens.items.required,parentSchema:schema1.properties.tokens.items,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key2 in data5){
if(!(((key2 === "name") || (key2 === "sha256")) || (key2 === "scopes"))){
const err10 = {instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema1.properties.tokens.items,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data5.name !== undefined){
let data6 = data5.name;
if(typeof data6 === "string"){
if(func1(data6) < 1){
const err11 = {instancePath:instancePath+"/server/tokens/" + i0+"/name",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema1.properties.tokens.items.properties.name,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/server/tokens/" + i0+"/name",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.tokens.items.properties.name.type,parentSchema:schema1.properties.tokens.items.properties.name,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data5.sha256 !== undefined){
let data7 = data5.sha256;
if(typeof data7 === "string"){
if(!pattern0.test(data7)){
const err13 = {instancePath:instancePath+"/server/tokens/" + i0+"/sha256",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\"",schema:"^[0-9a-f]{64}$",parentSchema:schema1.properties.tokens.items.properties.sha256,data:data7};
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
const err14 = {instancePath:instancePath+"/server/tokens/" + i0+"/sha256",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/sha256/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.tokens.items.properties.sha256.type,parentSchema:schema1.properties.tokens.items.properties.sha256,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.scopes !== undefined){
let data8 = data5.scopes;
if(Array.isArray(data8)){
if(data8.length < 1){
const err15 = {instancePath:instancePath+"/server/tokens/" + i0+"/scopes",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema1.properties.tokens.items.properties.scopes,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 !== "string"){
const err16 = {instancePath:instancePath+"/server/tokens/" + i0+"/scopes/" + i1,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.tokens.items.properties.scopes.items.type,parentSchema:schema1.properties.tokens.items.properties.scopes.items,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(!(((data9 === "speak") || (data9 === "read")) || (data9 === "admin"))){
const err17 = {instancePath:instancePath+"/server/tokens/" + i0+"/scopes/" + i1,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/items/enum",keyword:"enum",params:{allowedValues: schema1.properties.tokens.items.properties.scopes.items.enum},message:"must be equal to one of the allowed values",schema:schema1.properties.tokens.items.properties.scopes.items.enum,parentSchema:schema1.properties.tokens.items.properties.scopes.items,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/server/tokens/" + i0+"/scopes",schemaPath:"#/$defs/ServerConfig/properties/tokens/items/properties/scopes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema1.properties.tokens.items.properties.scopes.type,parentSchema:schema1.properties.tokens.items.properties.scopes,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/server/tokens/" + i0,schemaPath:"#/$defs/ServerConfig/properties/tokens/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema1.properties.tokens.items.type,parentSchema:schema1.properties.tokens.items,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/server/tokens",schemaPath:"#/$defs/ServerConfig/properties/tokens/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema1.properties.tokens.type,parentSchema:schema1.properties.tokens,data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data1.allowedOrigins !== undefined){
let data10 = data1.allowedOrigins;
if(Array.isArray(data10)){
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
if(typeof data11 === "string"){
if(!pattern1.test(data11)){
const err21 = {instancePath:instancePath+"/server/allowedOrigins/" + i2,schemaPath:"#/$defs/ServerConfig/properties/allowedOrigins/items/pattern",keyword:"pattern",params:{pattern: "^https?://[^/]+$"},message:"must match pattern \""+"^https?://[^/]+$"+"\"",schema:"^https?://[^/]+$",parentSchema:schema1.properties.allowedOrigins.items,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/server/allowedOrigins/" + i2,schemaPath:"#/$defs/ServerConfig/properties/allowedOrigins/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema1.properties.allowedOrigins.items.type,parentSchema:schema1.properties.allowedOrigins.items,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/server/allowedOrigins",schemaPath:"#/$defs/ServerConfig/properties/allowedOrigins/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema1.properties.allowedOrigins.type,parentSchema:schema1.properties.allowedOrigins,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data1.stopTimeoutMs !== undefined){
let data12 = data1.stopTimeoutMs;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err24 = {instancePath:instancePath+"/server/stopTimeoutMs",schemaPath:"#/$defs/ServerConfig/properties/stopTimeoutMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema1.properties.stopTimeoutMs.type,parentSchema:schema1.properties.stopTimeoutMs,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
const err25 = {instancePath:instancePath+"/server/stopTimeoutMs",schemaPath:"#/$defs/ServerConfig/properties/stopTimeoutMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema1.properties.stopTimeoutMs,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data1.publicVoices !== undefined){
let data13 = data1.publicVoices;
if(typeof data13 !== "boolean"){
const err26 = {instancePath:instancePath+"/server/publicVoices",schemaPath:"#/$defs/ServerConfig/properties/publicVoices/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema1.properties.publicVoices.type,parentSchema:schema1.properties.publicVoices,data:data13};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/server",schemaPath:"#/$defs/ServerConfig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema1.type,parentSchema:schema1,data:data1};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.plugins !== undefined){
if(!(validate1(data.plugins, {instancePath:instancePath+"/plugins",parentData:data,parentDataProperty:"plugins",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
errors = vErrors.length;
}
}
if(data.models !== undefined){
let data15 = data.models;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key3 in data15){
if(!(key3 === "paths")){
const err28 = {instancePath:instancePath+"/models",schemaPath:"#/$defs/ModelsConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema23,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data15.paths !== undefined){
let data16 = data15.paths;
if(Array.isArray(data16)){
const len3 = data16.length;
for(let i3=0; i3<len3; i3++){
let data17 = data16[i3];
if(typeof data17 !== "string"){
const err29 = {instancePath:instancePath+"/models/paths/" + i3,schemaPath:"#/$defs/ModelsConfig/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.paths.items.type,parentSchema:schema23.properties.paths.items,data:data17};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/models/paths",schemaPath:"#/$defs/ModelsConfig/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema23.properties.paths.type,parentSchema:schema23.properties.paths,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/models",schemaPath:"#/$defs/ModelsConfig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.type,parentSchema:schema23,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.speech !== undefined){
if(!(validate11(data.speech, {instancePath:instancePath+"/speech",parentData:data,parentDataProperty:"speech",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
if(data.sources !== undefined){
let data19 = data.sources;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key4 in data19){
const _errs45 = errors;
if(typeof key4 === "string"){
if(!pattern7.test(key4)){
const err32 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/SourceName/pattern",keyword:"pattern",params:{pattern: "^(?!overrides$)[A-Za-z][A-Za-z0-9_-]{0,63}$"},message:"must match pattern \""+"^(?!overrides$)[A-Za-z][A-Za-z0-9_-]{0,63}$"+"\"",schema:"^(?!overrides$)[A-Za-z][A-Za-z0-9_-]{0,63}$",parentSchema:schema26,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/SourceName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.type,parentSchema:schema26,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
var valid14 = _errs45 === errors;
if(!valid14){
const err34 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid",schema:schema0.properties.sources.propertyNames,parentSchema:schema0.properties.sources,data:data19};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
for(const key5 in data19){
if(!(validate13(data19[key5], {instancePath:instancePath+"/sources/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data19,parentDataProperty:key5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
}
}
else {
const err35 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema0.properties.sources.type,parentSchema:schema0.properties.sources,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.voices !== undefined){
let data21 = data.voices;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key6 in data21){
const _errs52 = errors;
if(typeof key6 === "string"){
if(!pattern9.test(key6)){
const err36 = {instancePath:instancePath+"/voices",schemaPath:"#/$defs/SlotName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",parentSchema:schema29,data:key6,propertyName:key6};
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
const err37 = {instancePath:instancePath+"/voices",schemaPath:"#/$defs/SlotName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data:key6,propertyName:key6};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
var valid17 = _errs52 === errors;
if(!valid17){
const err38 = {instancePath:instancePath+"/voices",schemaPath:"#/properties/voices/propertyNames",keyword:"propertyNames",params:{propertyName: key6},message:"property name must be valid",schema:schema0.properties.voices.propertyNames,parentSchema:schema0.properties.voices,data:data21};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
for(const key7 in data21){
if(!(validate15(data21[key7], {instancePath:instancePath+"/voices/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data21,parentDataProperty:key7,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
}
}
else {
const err39 = {instancePath:instancePath+"/voices",schemaPath:"#/properties/voices/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema0.properties.voices.type,parentSchema:schema0.properties.voices,data:data21};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.sinks !== undefined){
let data23 = data.sinks;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
for(const key8 in data23){
const _errs59 = errors;
if(typeof key8 === "string"){
if(!pattern9.test(key8)){
const err40 = {instancePath:instancePath+"/sinks",schemaPath:"#/$defs/SlotName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",parentSchema:schema29,data:key8,propertyName:key8};
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
const err41 = {instancePath:instancePath+"/sinks",schemaPath:"#/$defs/SlotName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
var valid20 = _errs59 === errors;
if(!valid20){
const err42 = {instancePath:instancePath+"/sinks",schemaPath:"#/properties/sinks/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid",schema:schema0.properties.sinks.propertyNames,parentSchema:schema0.properties.sinks,data:data23};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
for(const key9 in data23){
if(!(validate17(data23[key9], {instancePath:instancePath+"/sinks/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data23,parentDataProperty:key9,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors);
errors = vErrors.length;
}
}
}
else {
const err43 = {instancePath:instancePath+"/sinks",schemaPath:"#/properties/sinks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema0.properties.sinks.type,parentSchema:schema0.properties.sinks,data:data23};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.swap !== undefined){
if(!(validate19(data.swap, {instancePath:instancePath+"/swap",parentData:data,parentDataProperty:"swap",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
errors = vErrors.length;
}
}
if(data.memory !== undefined){
if(!(validate25(data.memory, {instancePath:instancePath+"/memory",parentData:data,parentDataProperty:"memory",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.journal !== undefined){
let data27 = data.journal;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key10 in data27){
if(!((key10 === "keepVersions") || (key10 === "keepSnapshots"))){
const err44 = {instancePath:instancePath+"/journal",schemaPath:"#/$defs/JournalConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema46,data:data27};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data27.keepVersions !== undefined){
let data28 = data27.keepVersions;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
const err45 = {instancePath:instancePath+"/journal/keepVersions",schemaPath:"#/$defs/JournalConfig/properties/keepVersions/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.keepVersions.type,parentSchema:schema46.properties.keepVersions,data:data28};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 100000 || isNaN(data28)){
const err46 = {instancePath:instancePath+"/journal/keepVersions",schemaPath:"#/$defs/JournalConfig/properties/keepVersions/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema46.properties.keepVersions,data:data28};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data28 < 1 || isNaN(data28)){
const err47 = {instancePath:instancePath+"/journal/keepVersions",schemaPath:"#/$defs/JournalConfig/properties/keepVersions/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.keepVersions,data:data28};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data27.keepSnapshots !== undefined){
let data29 = data27.keepSnapshots;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err48 = {instancePath:instancePath+"/journal/keepSnapshots",schemaPath:"#/$defs/JournalConfig/properties/keepSnapshots/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.keepSnapshots.type,parentSchema:schema46.properties.keepSnapshots,data:data29};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 10000 || isNaN(data29)){
const err49 = {instancePath:instancePath+"/journal/keepSnapshots",schemaPath:"#/$defs/JournalConfig/properties/keepSnapshots/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema46.properties.keepSnapshots,data:data29};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data29 < 1 || isNaN(data29)){
const err50 = {instancePath:instancePath+"/journal/keepSnapshots",schemaPath:"#/$defs/JournalConfig/properties/keepSnapshots/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.keepSnapshots,data:data29};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
}
else {
const err51 = {instancePath:instancePath+"/journal",schemaPath:"#/$defs/JournalConfig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data:data27};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.log !== undefined){
let data30 = data.log;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key11 in data30){
if(!(key11 === "level")){
const err52 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema0.properties.log,data:data30};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data30.level !== undefined){
let data31 = data30.level;
if(typeof data31 !== "string"){
const err53 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema0.properties.log.properties.level.type,parentSchema:schema0.properties.log.properties.level,data:data31};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(!((((data31 === "debug") || (data31 === "info")) || (data31 === "warn")) || (data31 === "error"))){
const err54 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/enum",keyword:"enum",params:{allowedValues: schema0.properties.log.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema0.properties.log.properties.level.enum,parentSchema:schema0.properties.log.properties.level,data:data31};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema0.properties.log.type,parentSchema:schema0.properties.log,data:data30};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema0.type,parentSchema:schema0,data};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
return validate0;
}
